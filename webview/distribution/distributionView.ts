import { css, html, nothing } from "lit";
import { customElement, query } from "lit/decorators.js";
import { modelRow, rowState, seriesAt, type RowModel, type Series } from "../../src/core";
import type { RowData } from "../../src/protocol/dumpInfo";
import { classText, count, temperatureText } from "../format";
import { SessionElement } from "../parts/sessionElement";
import { pictureAndNumbers, shared } from "../parts/styles";
import { summaryTable } from "../parts/summaryTable";
import { toTsv } from "../tsv";
import { axisSentence, barsOf, restSentence } from "./bars";
import "./classBars";
import type { ClassBars } from "./classBars";
import "./oddsPanel";
import "./rowNavigator";
import "./slicer";
import { fileLines, rowLines } from "./summary";
import { topRows, topTable } from "./topTable";
import { whyLeftOut } from "./whyLeftOut";

/** One row at the present temperature: the picture first, its numbers beside it. */
@customElement("distribution-view")
export class DistributionView extends SessionElement {
  static override styles = [
    shared,
    pictureAndNumbers,
    css`
      .numbers {
        display: grid;
        align-content: start;
        gap: 24px;
      }
      .about:empty {
        display: none;
      }
      .about b {
        font-weight: 600;
      }
      .rest {
        margin-top: 4px;
      }
    `,
  ];

  @query("class-bars") private bars!: ClassBars | null;
  private modelled: { row: RowData; k: number; model: RowModel | null } | undefined;
  /** Series of pinned temperatures, which change with the row only. */
  private readonly pinnedSeries = new Map<number, Series>();

  protected override render() {
    const { info, row, settings, temperature } = this.app;
    if (!info) return nothing;
    if (info.rows === 0 || info.classes === 0) {
      return html`<p role="status">
          This array is empty: it has ${info.rows} rows of ${info.classes} classes.
        </p>
        ${summaryTable("Summary", fileLines(info))}`;
    }
    const model = row ? this.modelOf(row, settings.topK) : null;
    const series = model ? this.seriesOf(model) : [];
    const lines = model ? rowLines(series[0].distribution, settings.entropyUnit) : [];
    return html`
      <axis-slicer .session=${this.session}></axis-slicer>
      <row-navigator .session=${this.session}></row-navigator>
      <div class="page">
        <div>
          ${row ? this.picture(row, model, series) : html`<p class="muted">Reading the row…</p>`}
        </div>
        <div class="numbers">
          ${summaryTable("Summary", [...fileLines(info), ...lines])}
          ${
            model
              ? html`<odds-panel
                  .model=${model}
                  .temperature=${temperature}
                  .names=${info.classNames}
                ></odds-panel>`
              : nothing
          }
        </div>
      </div>
    `;
  }

  private picture(row: RowData, model: RowModel | null, series: readonly Series[]) {
    const names = this.app.info?.classNames ?? null;
    if (!model) {
      return html`<p role="status">${whyLeftOut(row.index, rowState(row.logits))}</p>`;
    }
    return html`
      <chart-frame
        heading="Row ${count(row.index)} at T = ${temperatureText(series[0].temperature)}"
        .copy=${() => this.session.copy(toTsv(topRows(model, series, names)), "Table")}
        .save=${() => this.save(row)}
      >
        <p class="about">${this.about(row, model)}</p>
        <class-bars
          .bars=${barsOf(model, series, names)}
          @spoken=${(event: CustomEvent<string>) => this.session.announce(event.detail)}
        ></class-bars>
        <p class="rest muted">${restSentence(model, series[0])} ${axisSentence(series)}</p>
        <div slot="table">${topTable(model, series, names)}</div>
      </chart-frame>
    `;
  }

  /** The row in words: its token, its label and whether the arg max is right. */
  private about(row: RowData, { classes }: RowModel) {
    const { info } = this.app;
    const token = info?.tokens?.[row.index];
    const said = token === undefined ? nothing : html`Token <b>${JSON.stringify(token)}</b>. `;
    if (!info?.hasLabels) return said;
    if (row.label === null) return html`${said}This row has no label.`;
    const name = (k: number) => html`<b>${classText(info.classNames, k)}</b>`;
    return row.label === classes[0]
      ? html`${said}Label ${name(row.label)}: <b>✓ right</b>.`
      : html`${said}Label ${name(row.label)}: <b>✗ wrong</b>, the arg max is ${name(classes[0])}.`;
  }

  private async save(row: RowData): Promise<void> {
    const { info, temperature } = this.app;
    if (!info || !this.bars) return;
    const T = temperatureText(temperature);
    const bytes = await this.bars.png(`${info.file}, row ${row.index} at T = ${T}`);
    await this.session.save(`${info.file}-row${row.index}-T${T}.png`, bytes);
  }

  private modelOf(row: RowData, k: number): RowModel | null {
    if (this.modelled?.row !== row || this.modelled.k !== k) {
      this.modelled = { row, k, model: modelRow(row, k) };
      this.pinnedSeries.clear();
    }
    return this.modelled.model;
  }

  private seriesOf(model: RowModel): Series[] {
    const { temperature, pinned } = this.app;
    const others = pinned.map(T => {
      const series = this.pinnedSeries.get(T) ?? seriesAt(model, T);
      this.pinnedSeries.set(T, series);
      return series;
    });
    return [seriesAt(model, temperature), ...others];
  }
}
