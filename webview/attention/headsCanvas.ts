import { css, html } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { AttentionHeads } from "../../src/protocol/attention";
import { SizedPicture } from "../charts/sizedPicture";
import { figure } from "../format";
import { shared } from "../parts/styles";
import type { ColorScale } from "./colorScale";
import { measureTexts, type HeadLine } from "./headLines";
import {
  drawFrame,
  drawHeads,
  gridOf,
  gridSize,
  tileAt,
  type Grid,
  type Tiles,
} from "./headsPicture";

/**
 * All heads as tiles, layers down and heads across. Arrow keys and the pointer move over them; what
 * is there stands below, and a `spoken` event says it where keys moved. A click or Enter is a `pick`.
 */
@customElement("heads-canvas")
export class HeadsCanvas extends SizedPicture {
  static override styles = [
    shared,
    css`
      .picture {
        cursor: pointer;
        overflow-x: auto;
      }
      .picture:focus-visible {
        outline-offset: 2px;
      }
      canvas {
        display: block;
      }
      .readout {
        min-height: 1.45em;
      }
    `,
  ];

  @property({ attribute: false }) heads!: AttentionHeads;
  /** In the order of the heads, layer after layer. */
  @property({ attribute: false }) lines!: readonly HeadLine[];
  @property({ attribute: false }) tiles: Tiles = "maps";
  @property({ attribute: false }) scale!: ColorScale;
  /** The head that is shown as the map. */
  @property({ attribute: false }) chosen = 0;
  @property() label = "";
  @state() private cursor = -1;
  protected override render() {
    return html`
      <div
        class="picture"
        role="img"
        tabindex="0"
        aria-label=${this.label}
        aria-description="Arrow keys read out the heads; Enter opens one"
        @keydown=${this.onKey}
        @blur=${() => (this.cursor = -1)}
        @pointermove=${(event: PointerEvent) => (this.cursor = this.tileUnder(event))}
        @pointerleave=${() => (this.cursor = -1)}
        @click=${(event: PointerEvent) => this.pick(this.tileUnder(event))}
      >
        <canvas></canvas>
      </div>
      <p class="readout muted" aria-hidden="true">${this.sentence()}</p>
    `;
  }

  protected override updated(): void {
    const pen = this.canvas.getContext("2d");
    if (!pen || this.width === 0) return;
    const { canvas, theme, grid, heads, lines, tiles } = this;
    const ratio = window.devicePixelRatio;
    const { width, height } = gridSize(grid);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.setProperty("width", `${width}px`);
    canvas.style.setProperty("height", `${height}px`);
    pen.scale(ratio, ratio);
    pen.font = `${theme.fontSize - 2}px ${theme.fontFamily}`;
    drawHeads(pen, theme, grid, this.scale, { heads, lines, tiles });
    drawFrame(pen, theme, grid, this.chosen, 2);
    if (this.cursor >= 0) drawFrame(pen, theme, grid, this.cursor, 1);
  }

  private get grid(): Grid {
    const across = (this.lines.at(-1)?.head ?? 0) + 1;
    return gridOf(this.lines.length / across, across, this.width, this.heads.miniatureSize);
  }

  private sentence(): string {
    const line = this.lines.at(this.cursor);
    if (this.cursor < 0 || !line) return "";
    const numbers = measureTexts.map(
      ({ name }, m) => `${name.toLowerCase()} ${figure(line.values[m])}`,
    );
    return `Layer ${line.layer}, head ${line.head}: ${numbers.join(", ")}.`;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { heads } = this.grid;
    const from = this.cursor < 0 ? this.chosen : this.cursor;
    const targets: Record<string, number> = {
      ArrowLeft: from - 1,
      ArrowRight: from + 1,
      ArrowUp: from - heads,
      ArrowDown: from + heads,
      Home: 0,
      End: this.lines.length - 1,
    };
    if (event.key === "Enter" || event.key === " ") this.pick(this.cursor);
    else if (event.key === "Escape") this.cursor = -1;
    else if (Object.hasOwn(targets, event.key)) {
      const to = this.cursor < 0 ? from : targets[event.key];
      if (to >= 0 && to < this.lines.length) this.cursor = to;
      this.dispatchEvent(new CustomEvent("spoken", { detail: this.sentence() }));
    } else return;
    event.preventDefault();
  }

  private pick(detail: number): void {
    if (detail >= 0) this.dispatchEvent(new CustomEvent("pick", { detail }));
  }

  private tileUnder(event: MouseEvent): number {
    const { left, top } = this.canvas.getBoundingClientRect();
    return tileAt(this.grid, event.clientX - left, event.clientY - top);
  }
}
