import { css, html, nothing } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { shared } from "../parts/styles";
import { ThemedElement } from "../parts/themedElement";
import { pngOf } from "./picture";
import type { Mark, Plot } from "./plot";
import { PlotChart } from "./plotChart";

/**
 * A picture over two axes. Arrow keys and the pointer move a cursor over its places; what is there
 * stands below, and a `spoken` event says it where keys moved it. Enter or a click is a `pick`.
 */
@customElement("plot-canvas")
export class PlotCanvas extends ThemedElement {
  static override styles = [
    shared,
    css`
      .picture {
        position: relative;
        height: var(--plot-height, 250px);
      }
      .picture:focus-visible {
        outline-offset: 2px;
      }
      .readout {
        min-height: 1.45em;
      }
    `,
  ];

  @property({ attribute: false }) plot!: Plot;
  @property({ attribute: false }) marks: readonly Mark[] = [];
  @property({ type: Boolean }) pickable = false;
  @query("canvas") private canvas!: HTMLCanvasElement;
  @state() private cursor = -1;
  private chart: PlotChart | undefined;
  /** A picture out of sight is drawn once it comes near: a drag redraws only what is looked at. */
  @state() private isNear = false;
  private readonly sight = new IntersectionObserver(
    entries => (this.isNear = entries.at(-1)!.isIntersecting),
    { rootMargin: "100px" },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.sight.observe(this);
  }

  override disconnectedCallback(): void {
    this.sight.disconnect();
    this.chart?.destroy();
    this.chart = undefined;
    super.disconnectedCallback();
  }

  /** The picture as PNG, under a title. */
  png(title: string): Promise<Uint8Array> {
    this.draw();
    return pngOf(this.canvas, title, this.theme);
  }

  protected override render() {
    const { label, places } = this.plot;
    const pick = this.pickable ? "; Enter picks one" : "";
    return html`
      <div
        class="picture"
        role="img"
        tabindex="0"
        aria-label=${label}
        aria-description=${places.length > 0 ? `Arrow keys read out its points${pick}` : nothing}
        @keydown=${this.onKey}
        @blur=${() => (this.cursor = -1)}
        @pointermove=${(event: PointerEvent) => (this.cursor = this.placeAt(event))}
        @pointerleave=${() => (this.cursor = -1)}
        @click=${(event: PointerEvent) => this.pick(this.placeAt(event))}
      >
        <canvas></canvas>
      </div>
      <p class="readout muted" aria-hidden="true">${places[this.cursor]?.text}</p>
    `;
  }

  protected override updated(): void {
    if (this.isNear) this.draw();
  }

  private draw(): void {
    this.chart ??= new PlotChart(this.canvas);
    this.chart.show(this.plot, this.theme, { marks: this.marks, cursor: this.cursor });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.plot.places.length - 1;
    const targets: Record<string, number> = {
      ArrowRight: Math.min(last, this.cursor + 1),
      ArrowLeft: Math.min(last, Math.max(0, this.cursor - 1)),
      Home: Math.min(last, 0),
      End: last,
      Escape: -1,
    };
    if (event.key === "Enter" || event.key === " ") this.pick(this.cursor);
    else if (!Object.hasOwn(targets, event.key)) return;
    else this.cursor = targets[event.key];
    event.preventDefault();
    if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") this.speak();
  }

  private speak(): void {
    const detail = this.plot.places[this.cursor]?.text;
    if (detail) this.dispatchEvent(new CustomEvent("spoken", { detail }));
  }

  private pick(detail: number): void {
    if (this.pickable && detail >= 0) this.dispatchEvent(new CustomEvent("pick", { detail }));
  }

  private placeAt(event: PointerEvent): number {
    const { left, top } = this.canvas.getBoundingClientRect();
    return this.chart?.nearest(this.plot, event.clientX - left, event.clientY - top) ?? -1;
  }
}
