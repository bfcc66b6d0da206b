import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { PlotCanvas } from "../charts/plotCanvas";
import "../charts/plotCanvas";
import "../parts/chartFrame";
import { dataTable, tableRows } from "../parts/dataTable";
import { shared } from "../parts/styles";
import type { Session } from "../session";
import { toTsv } from "../tsv";
import type { Picture } from "./pictures/picture";

/** A picture in its frame: Copy and Save, and its table beneath. A `pick` event names a place. */
@customElement("picture-frame")
export class PictureFrame extends LitElement {
  static override styles = [
    shared,
    css`
      .scroll {
        overflow: auto;
      }
      .low {
        max-height: 420px;
      }
      .note {
        margin-bottom: 6px;
      }
    `,
  ];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) picture!: Picture;
  /** Whether its places can be picked, and its table begins shown: for the main picture. */
  @property({ type: Boolean }) main = false;
  @query("plot-canvas") private canvas!: PlotCanvas;

  protected override render() {
    const { heading, note, plot, marks = [], table } = this.picture;
    return html`
      <chart-frame
        .heading=${heading}
        .tableShown=${this.main}
        .copy=${() => this.session.copy(toTsv(tableRows(table)), "Table")}
        .save=${() => this.save()}
      >
        ${note ? html`<p class="note muted">${note}</p>` : nothing}
        <plot-canvas
          .plot=${plot}
          .marks=${marks}
          ?pickable=${this.main}
          @spoken=${(event: CustomEvent<string>) => this.session.announce(event.detail)}
          @pick=${(event: CustomEvent<number>) => this.pick(event.detail)}
        ></plot-canvas>
        <div slot="table" class=${this.main ? "scroll" : "scroll low"}>
          ${dataTable(table, this.main ? this.pickButton : undefined)}
        </div>
      </chart-frame>
    `;
  }

  private readonly pickButton = (row: number, text: string): TemplateResult => html`
    <button class="link" title="List its rows" @click=${() => this.pick(row)}>${text}</button>
  `;

  private pick(detail: number): void {
    this.dispatchEvent(new CustomEvent("pick", { detail }));
  }

  private async save(): Promise<void> {
    const file = this.session.state.info?.file ?? "";
    const { heading, slug } = this.picture;
    const bytes = await this.canvas.png(`${file}: ${heading}`);
    await this.session.save(`${file}-${slug}.png`, bytes);
  }
}
