import { css, html, type PropertyValues } from "lit";
import { customElement, property, query as queryElement, state } from "lit/decorators.js";
import type { Pooling } from "../../src/protocol/attention";
import { SizedPicture } from "../charts/sizedPicture";
import { shared } from "../parts/styles";
import type { ColorScale } from "./colorScale";
import { MapDrawing, type MapScene } from "./mapDrawing";
import type { Weights } from "./paint";
import { blockSize, fit, pan, reveal, zoom, type Stage, type Viewport } from "./viewport";
import { cellSentence, poolingSentence } from "./words";

type Cell = readonly [query: number, key: number];

/** Pixels that a pointer may move and still click. */
const clickReach = 3;

/** What one step of a wheel or of a button zooms by. */
const zoomStep = 1.5;

/**
 * The picture of a map, which can be zoomed and moved. Arrow keys and the pointer move a cross over
 * its cells; what is there stands below, and a `spoken` event says it where keys moved it. A click
 * or Enter is a `pick` of the query.
 */
@customElement("attention-canvas")
export class AttentionCanvas extends SizedPicture {
  static override styles = [
    shared,
    css`
      .picture {
        position: relative;
        cursor: crosshair;
        touch-action: none;
      }
      .picture:focus-visible {
        outline-offset: 2px;
      }
      canvas {
        display: block;
      }
      .readout {
        min-height: 1.45em;
        overflow-wrap: anywhere;
      }
      .tools {
        margin-bottom: 6px;
      }
    `,
  ];

  @property({ attribute: false }) weights!: Weights;
  @property({ attribute: false }) scale!: ColorScale;
  @property({ attribute: false }) pooling: Pooling = "max";
  @property({ attribute: false }) queries!: readonly string[];
  @property({ attribute: false }) keys!: readonly string[];
  /** The query that is chosen. */
  @property({ attribute: false }) query = 0;
  @property() label = "";
  @state() private cursor: Cell | null = null;
  /** Null for all of the map, whatever the room for it. */
  @state() private zoomed: Viewport | null = null;
  @queryElement(".picture") private box!: HTMLElement;
  private readonly drawing = new MapDrawing();
  private drag: { x: number; y: number; moved: boolean } | null = null;
  /** What is in sight as SVG, under a title. */
  svg(title: string): Uint8Array {
    this.draw();
    return this.drawing.svg(title, this.scene);
  }

  protected override render() {
    const button = (text: string, name: string, act: () => void) => html`
      <vscode-button appearance="secondary" aria-label=${name} title=${name} @click=${act}
        >${text}</vscode-button
      >
    `;
    const said = this.cursor
      ? cellSentence(this.weights, this.cursor, this.queries, this.keys)
      : poolingSentence(blockSize(this.view.scale, window.devicePixelRatio), this.pooling);
    return html`
      <div class="line tools" role="group" aria-label="Zoom">
        ${button("+", "Zoom in", () => this.zoomBy(zoomStep))}
        ${button("−", "Zoom out", () => this.zoomBy(1 / zoomStep))}
        ${button("Fit", "Fit", () => this.fitAll())}
        <span class="muted">${this.hint()}</span>
      </div>
      <div
        class="picture"
        role="img"
        tabindex="0"
        aria-label=${this.label}
        aria-description="Arrow keys read out the cells; Enter opens the query; plus and minus zoom"
        @keydown=${this.onKey}
        @blur=${() => (this.cursor = null)}
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @pointerup=${this.onUp}
        @pointercancel=${() => (this.drag = null)}
        @pointerleave=${() => (this.cursor = null)}
        @wheel=${this.onWheel}
      >
        <canvas></canvas>
      </div>
      <p class="readout muted" aria-hidden="true">${said}</p>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const last = changed.get("weights") as Weights | undefined;
    const { queries, keys } = this.weights.map;
    if (last && (last.map.queries !== queries || last.map.keys !== keys)) {
      this.zoomed = null;
      this.cursor = null;
    }
  }

  protected override updated(): void {
    if (this.width > 0) this.draw();
  }

  private draw(): void {
    this.drawing.draw(this.canvas, this.scene);
  }

  private get scene(): MapScene {
    const { weights, scale, pooling, queries, keys, zoomed, width, theme, query, cursor } = this;
    return { weights, scale, pooling, queries, keys, zoomed, width, theme, query, cursor };
  }

  private get stage(): Stage {
    return this.drawing.stage(this.scene);
  }

  private get view(): Viewport {
    return this.zoomed ?? fit(this.stage);
  }

  private hint(): string {
    return this.zoomed ? "Drag to move." : "Ctrl and the wheel zoom, too.";
  }

  private fitAll(): void {
    this.zoomed = null;
  }

  private zoomBy(factor: number, at?: readonly [number, number]): void {
    const { stage, view } = this;
    const [x, y] = at ?? this.middle(view);
    const next = zoom(view, stage, factor, x, y);
    this.zoomed = next.scale > fit(stage).scale ? next : null;
  }

  /** The cross, or the middle of what is in sight. */
  private middle(view: Viewport): [number, number] {
    const { cursor, stage } = this;
    if (!cursor) return [stage.width / 2, stage.height / 2];
    return [(cursor[1] + 0.5 - view.x) * view.scale, (cursor[0] + 0.5 - view.y) * view.scale];
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (key === "+" || key === "=") this.zoomBy(zoomStep);
    else if (key === "-") this.zoomBy(1 / zoomStep);
    else if (key === "0") this.fitAll();
    else if (key === "Escape") this.cursor = null;
    else if (key === "Enter" || key === " ") this.pick(this.cursor);
    else if (!this.moveCross(key, event.shiftKey ? 10 : 1)) return;
    event.preventDefault();
  }

  private moveCross(key: string, step: number): boolean {
    const { queries, keys } = this.weights.map;
    const [query, at] = this.cursor ?? [this.query, 0];
    const targets: Record<string, Cell> = {
      ArrowUp: [query - step, at],
      ArrowDown: [query + step, at],
      ArrowLeft: [query, at - step],
      ArrowRight: [query, at + step],
      PageUp: [query - 10, at],
      PageDown: [query + 10, at],
      Home: [query, 0],
      End: [query, keys - 1],
    };
    if (!Object.hasOwn(targets, key)) return false;
    const [q, k] = this.cursor ? targets[key] : [query, at];
    const cell: Cell = [Math.min(queries - 1, Math.max(0, q)), Math.min(keys - 1, Math.max(0, k))];
    this.cursor = cell;
    if (this.zoomed) this.zoomed = reveal(this.zoomed, this.stage, ...cell);
    const detail = cellSentence(this.weights, cell, this.queries, this.keys);
    this.dispatchEvent(new CustomEvent("spoken", { detail }));
    return true;
  }

  private onDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.drag = { x: event.clientX, y: event.clientY, moved: false };
    this.box.setPointerCapture(event.pointerId);
  }

  private onMove(event: PointerEvent): void {
    const { drag, view } = this;
    if (!drag) {
      this.cursor = this.cellAt(event);
      return;
    }
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(dx, dy) <= clickReach) return;
    this.drag = { x: event.clientX, y: event.clientY, moved: true };
    if (this.zoomed) this.zoomed = pan(view, this.stage, dx, dy);
  }

  private onUp(event: PointerEvent): void {
    const clicked = this.drag && !this.drag.moved;
    this.drag = null;
    if (clicked) this.pick(this.cellAt(event));
  }

  /** With Ctrl, which a pinch sets too, it zooms; else it moves a map that is zoomed, or the page. */
  private onWheel(event: WheelEvent): void {
    const { zoomed, stage } = this;
    const [x, y] = this.pointOf(event);
    if (event.ctrlKey || event.metaKey) this.zoomBy(Math.exp(-event.deltaY / 200), [x, y]);
    else {
      const moved = zoomed && pan(zoomed, stage, -event.deltaX, -event.deltaY);
      if (!moved || (moved.x === zoomed.x && moved.y === zoomed.y)) return;
      this.zoomed = moved;
    }
    event.preventDefault();
  }

  private pick(cell: Cell | null): void {
    if (cell) this.dispatchEvent(new CustomEvent("pick", { detail: cell[0] }));
  }

  private pointOf({ clientX, clientY }: MouseEvent): [number, number] {
    const { left, top } = this.canvas.getBoundingClientRect();
    return this.drawing.toStage(clientX - left, clientY - top);
  }

  private cellAt(event: MouseEvent): Cell | null {
    const { view, stage } = this;
    const [px, py] = this.pointOf(event);
    if (px < 0 || py < 0 || px > stage.width || py > stage.height) return null;
    const [key, query] = [view.x + px / view.scale, view.y + py / view.scale].map(Math.floor);
    return key < stage.keys && query < stage.queries ? [query, key] : null;
  }
}
