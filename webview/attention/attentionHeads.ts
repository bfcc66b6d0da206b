import { css, html, nothing } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { AttentionHeads } from "../../src/protocol/attention";
import { count, temperatureText } from "../format";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";
import { toTsv } from "../tsv";
import type { ColorScale } from "./colorScale";
import {
  leftOutOfHeads,
  measureTexts,
  type HeadLine,
  type HeadNumbers,
  type HeadOrder,
} from "./headLines";
import "./headsCanvas";
import type { HeadsCanvas } from "./headsCanvas";
import type { Tiles } from "./headsPicture";
import { headsTable } from "./headsTable";

/** All heads of an item of a batch: as small maps or by a number, and in a table. */
@customElement("attention-heads")
export class AttentionHeadsView extends SessionElement {
  static override styles = [
    shared,
    css`
      .page {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px 32px;
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        margin-bottom: 8px;
      }
      .scroll {
        max-height: 560px;
        overflow: auto;
      }
    `,
  ];

  @property({ attribute: false }) heads!: AttentionHeads;
  @property({ attribute: false }) found!: HeadNumbers;
  @property({ attribute: false }) scale!: ColorScale;
  @state() private tiles: Tiles = "maps";
  @state() private order: HeadOrder = { column: -1, descending: false };
  @query("heads-canvas") private canvas!: HeadsCanvas;

  protected override render() {
    const { attention, settings } = this.app;
    if (!attention.set) return nothing;
    const { head: heads, layer: layers } = attention.set.sizes;
    const { lines, temperature, note } = this.found;
    const T = temperatureText(temperature);
    const open = ({ layer, head }: HeadLine) => this.session.attention.goTo({ layer, head });
    const { layer, head } = attention.place;
    const shown =
      this.tiles === "maps" ? "small maps" : measureTexts[this.tiles].name.toLowerCase();
    return html`
      <chart-frame
        beside
        heading="All heads at T = ${T}"
        .copy=${() => this.session.copy(toTsv(tsvRows(lines)), "Table")}
        .save=${() => this.save(T)}
      >
        <label>
          Tiles
          <select aria-label="Tiles" @change=${this.onTiles}>
            <option value="maps">small maps</option>
            ${measureTexts.map(({ name }, m) => html`<option value=${m}>${name.toLowerCase()}</option>`)}
          </select>
        </label>
        <heads-canvas
          .heads=${this.heads}
          .lines=${lines}
          .tiles=${this.tiles}
          .scale=${this.scale}
          .chosen=${layer * heads + head}
          .label="All heads, ${count(layers)} layers × ${count(heads)} heads, ${shown} at T = ${T}"
          @spoken=${(event: CustomEvent<string>) => this.session.announce(event.detail)}
          @pick=${(event: CustomEvent<number>) => open(lines[event.detail])}
        ></heads-canvas>
        <p class="muted">
          Means over queries, entropy in ${settings.entropyUnit}. ${leftOutOfHeads(this.heads)}
          ${note}
        </p>
        <div slot="table" class="scroll">
          ${headsTable(lines, this.order, { sort: order => (this.order = order), open })}
        </div>
      </chart-frame>
    `;
  }

  private onTiles({ target }: Event): void {
    const { value } = target as HTMLSelectElement;
    this.tiles = value === "maps" ? "maps" : Number(value);
  }

  private async save(T: string): Promise<void> {
    const file = this.app.info?.file ?? "";
    const bytes = await this.canvas.png(`${file}: all heads at T = ${T}`);
    await this.session.save(`${file}-heads-T${T}.png`, bytes);
  }
}

function tsvRows(lines: readonly HeadLine[]): (string | number)[][] {
  return [
    ["Layer", "Head", ...measureTexts.map(({ name }) => name)],
    ...lines.map(({ layer, head, values }) => [layer, head, ...values]),
  ];
}
