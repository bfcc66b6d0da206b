import { css, html, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { bandHeight, BarChart } from "../charts/barChart";
import { pngOf } from "../charts/picture";
import { shared } from "../parts/styles";
import { ThemedElement } from "../parts/themedElement";
import type { Bars } from "./bars";

/** Room for the axis, and for the legend where there are several series. */
const axisHeight = 34;
const legendHeight = 28;

/** The part of the width that names may take from the bars; less where ranges are written. */
const tickShare = 0.42;
const rangeTickShare = 0.3;

/** The picture of one row. Arrow keys move a cursor over its bars; a `spoken` event says where it is. */
@customElement("class-bars")
export class ClassBars extends ThemedElement {
  static override styles = [
    shared,
    css`
      .picture {
        position: relative;
      }
      .picture:focus-visible {
        outline-offset: 2px;
      }
    `,
  ];

  @property({ attribute: false }) bars!: Bars;
  @query(".picture") private picture!: HTMLElement;
  @query("canvas") private canvas!: HTMLCanvasElement;
  private chart: BarChart | undefined;
  private cursor = -1;
  /** Characters that a name may take on the axis. */
  @state() private tickLength = 30;
  private readonly sizes = new ResizeObserver(([entry]) => {
    const { width } = entry.contentRect;
    const share = this.bars.series[0].highs ? rangeTickShare : tickShare;
    this.tickLength = Math.min(34, Math.floor((width * share) / (this.theme.fontSize * 0.56)));
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    this.sizes.disconnect();
    this.chart?.destroy();
    this.chart = undefined;
    super.disconnectedCallback();
  }

  /** The picture as PNG, under a title. */
  png(title: string): Promise<Uint8Array> {
    return pngOf(this.canvas, title, this.theme);
  }

  protected override render() {
    return html`
      <div
        class="picture"
        role="img"
        tabindex="0"
        aria-label=${this.bars.sentence}
        aria-description="Arrow keys read out the bars"
        @keydown=${this.onKey}
        @blur=${() => this.pointAt(-1)}
      >
        <canvas></canvas>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { series, marked, axisEnd, row } = this.bars;
    if (changed.has("bars") && changed.get("bars")?.row !== row) this.cursor = -1;
    const bands = this.length * bandHeight(series.length);
    const legend = series.length > 1 ? legendHeight : 0;
    this.picture.style.setProperty("height", `${bands + axisHeight + legend}px`);
    this.chart ??= new BarChart(this.canvas, this.theme);
    const ticks = this.bars.ticks(this.tickLength);
    this.chart.show({ ticks, series, marked, axisEnd }, this.theme);
  }

  private get length(): number {
    return this.bars.series[0].probabilities.length;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: Math.min(last, this.cursor + 1),
      ArrowUp: Math.max(0, this.cursor - 1),
      Home: 0,
      End: last,
      Escape: -1,
    };
    if (!Object.hasOwn(targets, event.key)) return;
    event.preventDefault();
    this.pointAt(targets[event.key]);
  }

  private pointAt(cursor: number): void {
    if (cursor === this.cursor) return;
    this.cursor = cursor;
    this.chart?.pointAt(cursor);
    if (cursor < 0) return;
    const detail = this.bars.barSentence(cursor);
    this.dispatchEvent(new CustomEvent("spoken", { detail }));
  }
}
