import { css, html, LitElement, nothing } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { AttentionMap } from "../../src/core";
import { percent } from "../format";
import { shared } from "../parts/styles";
import { leftOutStep, legendColors, logFloor, type ColorScale } from "./colorScale";

/** Pixels of the picture of a legend. */
const shades = 256;

/** What colours mean: the weights at both ends, and the colours of cells that have no weight. */
@customElement("map-legend")
export class MapLegend extends LitElement {
  static override styles = [
    shared,
    css`
      .line {
        gap: 6px 8px;
      }
      canvas {
        width: min(220px, 40vw);
        height: 12px;
        border: 1px solid var(--vscode-contrastBorder, var(--vscode-descriptionForeground));
      }
      .patch {
        width: 14px;
        height: 12px;
      }
    `,
  ];

  @property({ attribute: false }) scale!: ColorScale;
  @property({ attribute: false }) map!: AttentionMap;
  @query(".ramp") private ramp!: HTMLCanvasElement;
  @query(".left-out") private patch!: HTMLCanvasElement | null;

  protected override render() {
    const isLog = this.scale.kind === "log";
    const hasLeftOut = this.map.state.some(state => state !== 0);
    return html`
      <div class="line" role="group" aria-label="Legend">
        <span>Weight</span>
        <span>${isLog ? `≤ ${percent(logFloor)}` : "0 %"}</span>
        <canvas class="ramp" width=${shades} height="1" aria-hidden="true"></canvas>
        <span>100 %${isLog ? ", logarithmic" : ""}</span>
        <span class="muted">· clear: masked</span>
        ${
          hasLeftOut
            ? html`<canvas class="patch left-out" width="1" height="1" aria-hidden="true"></canvas>
                <span class="muted">no distribution</span>`
            : nothing
        }
      </div>
    `;
  }

  protected override updated(): void {
    put(this.ramp, legendColors(this.scale, shades));
    if (this.patch) put(this.patch, this.scale.colors.subarray(leftOutStep, leftOutStep + 1));
  }
}

function put(canvas: HTMLCanvasElement, pixels: Uint32Array): void {
  const pen = canvas.getContext("2d");
  const image = pen?.createImageData(pixels.length, 1);
  if (!pen || !image) return;
  new Uint32Array(image.data.buffer).set(pixels);
  pen.putImageData(image, 0, 0);
}
