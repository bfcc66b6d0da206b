import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import {
  modelPartial,
  partialReasons,
  partialSentence,
  partialSeriesAt,
  type PartialModel,
} from "../../src/core";
import type { DumpInfo, PartialInfo, PartialRowData, RowData } from "../../src/protocol/dumpInfo";
import { axisSentence } from "../distribution/bars";
import "../distribution/classBars";
import type { ClassBars } from "../distribution/classBars";
import "../distribution/rowNavigator";
import { count, percent, temperatureText } from "../format";
import { latest } from "../latest";
import { SessionElement } from "../parts/sessionElement";
import { pictureAndNumbers, shared } from "../parts/styles";
import { summaryTable } from "../parts/summaryTable";
import { toTsv } from "../tsv";
import { partialRows, partialTable } from "./partialTable";
import { partialBars, partialLines, tokenText } from "./partialWords";
import "./tokenStrip";

/** One token of an answer: its likeliest alternatives at the present temperature, as far as known. */
@customElement("partial-view")
export class PartialView extends SessionElement {
  static override styles = [
    shared,
    pictureAndNumbers,
    css`
      .numbers {
        display: grid;
        align-content: start;
        gap: 16px;
      }
      .about b {
        font-weight: 600;
      }
      .trust {
        margin-top: 4px;
      }
      label {
        display: grid;
        gap: 3px;
      }
      input {
        width: 140px;
      }
    `,
  ];

  @query("class-bars") private bars!: ClassBars | null;
  /** The size of the vocabulary as typed; empty while it is unknown. */
  @state() private typed = "";
  private readonly modelOf = latest(({ logits }: RowData, { sampled }: PartialRowData, k: number) =>
    modelPartial({ logprobs: logits, sampled }, k),
  );

  protected override render() {
    const { info, row, settings } = this.app;
    if (!info?.partial) return nothing;
    const model = row?.partial && this.modelOf(row, row.partial, settings.topK);
    return html`
      <row-navigator .session=${this.session}></row-navigator>
      <token-strip .session=${this.session}></token-strip>
      <div class="page">
        <div>
          ${
            model
              ? this.picture(model, row, row.partial.names, info)
              : html`<p class="muted">Reading the row…</p>`
          }
        </div>
        <div class="numbers">
          ${model ? this.numbers(model, row.index, info, info.partial) : nothing}
        </div>
      </div>
    `;
  }

  private picture(model: PartialModel, row: RowData, names: readonly string[], info: DumpInfo) {
    const about = this.about(model, info.tokens?.[row.index] ?? "");
    if (model.state !== "usable") {
      return html`<p role="status">${about} ${partialReasons[model.state]}</p>`;
    }
    const { temperature, pinned } = this.app;
    const series = [temperature, ...pinned].map(T => partialSeriesAt(model, T, this.vocabulary));
    return html`
      <chart-frame
        heading="Row ${count(row.index)} at T = ${temperatureText(temperature)}"
        .copy=${() => this.session.copy(toTsv(partialRows(model, series, names)), "Table")}
        .save=${() => this.save(row, info)}
      >
        <p class="about">${about}</p>
        <class-bars
          .bars=${partialBars(model, series, names)}
          @spoken=${(event: CustomEvent<string>) => this.session.announce(event.detail)}
        ></class-bars>
        <p class="trust muted">
          ${partialSentence(model, temperature, this.vocabulary)} ${axisSentence(series)}
        </p>
        <div slot="table">${partialTable(model, series, names)}</div>
      </chart-frame>
    `;
  }

  private about({ sampled, logprobs }: PartialModel, text: string) {
    const token = html`Token <b>${tokenText(text)}</b>`;
    if (sampled < 0) return html`${token}.`;
    const p = percent(Math.exp(logprobs[sampled]));
    return sampled === 0
      ? html`${token}: ${p} at T = 1, the likeliest.`
      : html`${token}: ${p} at T = 1, <b>not the likeliest</b>.`;
  }

  private numbers(model: PartialModel, row: number, info: DumpInfo, partial: PartialInfo) {
    const { entropyUnit } = this.app.settings;
    const lines = partialLines(model, row, partial, info.rows, this.vocabulary, entropyUnit);
    const isValid = this.typed.trim() === "" || this.vocabulary < Infinity;
    return html`
      ${summaryTable("Summary", lines)}
      <label>
        Size of the vocabulary
        <input
          type="text"
          inputmode="numeric"
          placeholder="unknown"
          title="How many tokens the model knows: with it, bounds are closer"
          aria-invalid=${!isValid}
          .value=${this.typed}
          @input=${(event: Event) => (this.typed = (event.target as HTMLInputElement).value)}
        />
      </label>
      <p class="error" role="alert" ?hidden=${isValid}>
        A whole number, at least the ${count(info.classes)} tokens that a row lists.
      </p>
      <p class="muted">
        Energy, free energy, heat capacity and margin need the whole row, so they are left out.
      </p>
    `;
  }

  /** Infinity while it is unknown. */
  private get vocabulary(): number {
    const size = Number(this.typed.replace(/[,\s]/g, "") || NaN);
    return Number.isInteger(size) && size >= (this.app.info?.classes ?? 0) ? size : Infinity;
  }

  private async save(row: RowData, info: DumpInfo): Promise<void> {
    if (!this.bars) return;
    const T = temperatureText(this.app.temperature);
    const bytes = await this.bars.png(`${info.file}, row ${row.index} at T = ${T}`);
    await this.session.save(`${info.file}-row${row.index}-T${T}.png`, bytes);
  }
}
