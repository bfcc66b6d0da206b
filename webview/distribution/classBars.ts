import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { bandHeight, BarChart } from "../charts/barChart";
import { pngOf } from "../charts/picture";
import { shared } from "../parts/styles";
import { currentTheme, onThemeChange, type Theme } from "../theme";
import { axisEnd, barSentence, pictureSentence, tickTexts } from "./bars";
import type { RowModel, Series } from "../../src/core";

/** Room for the axis, and for the legend where there are several series. */
const axisHeight = 34;
const legendHeight = 28;

/** The part of the width that names may take from the bars. */
const tickShare = 0.42;

/** The picture of one row. Arrow keys move a cursor over its bars; a `spoken` event says where it is. */
@customElement("class-bars")
export class ClassBars extends LitElement {
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

  @property({ attribute: false }) model!: RowModel;
  /** The present temperature first, then the pinned ones. */
  @property({ attribute: false }) series!: readonly Series[];
  @property({ attribute: false }) names: readonly string[] | null = null;
  @query(".picture") private picture!: HTMLElement;
  @query("canvas") private canvas!: HTMLCanvasElement;
  private chart: BarChart | undefined;
  private theme: Theme = currentTheme();
  private cursor = -1;
  private endThemes: (() => void) | undefined;
  /** Characters that a name may take on the axis. */
  @state() private tickLength = 30;
  private readonly sizes = new ResizeObserver(([entry]) => {
    const { width } = entry.contentRect;
    this.tickLength = Math.min(34, Math.floor((width * tickShare) / (this.theme.fontSize * 0.56)));
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.endThemes = onThemeChange(theme => {
      this.theme = theme;
      this.requestUpdate();
    });
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    this.endThemes?.();
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
        aria-label=${pictureSentence(this.model, this.series[0], this.names)}
        aria-description="Arrow keys read out the bars"
        @keydown=${this.onKey}
        @blur=${() => this.pointAt(-1)}
      >
        <canvas></canvas>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    const { model, series } = this;
    if (changed.has("model")) this.cursor = -1;
    const bands = model.classes.length * bandHeight(series.length);
    const legend = series.length > 1 ? legendHeight : 0;
    this.picture.style.setProperty("height", `${bands + axisHeight + legend}px`);
    this.chart ??= new BarChart(this.canvas, this.theme);
    this.chart.show(
      {
        ticks: tickTexts(model, this.names, this.tickLength),
        series,
        marked: model.row.label === null ? -1 : model.classes.indexOf(model.row.label),
        axisEnd: axisEnd(series),
      },
      this.theme,
    );
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.model.classes.length - 1;
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
    const detail = barSentence(this.model, this.series, this.names, cursor);
    this.dispatchEvent(new CustomEvent("spoken", { detail }));
  }
}
