import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { entropyIn, modelRow, rowScores, seriesAt, topK } from "../../src/core";
import { axisSentence, barsOf, restSentence, type Nouns } from "../distribution/bars";
import "../distribution/classBars";
import type { ClassBars } from "../distribution/classBars";
import { findClass } from "../distribution/findClass";
import { count, figure, temperatureText } from "../format";
import { latest } from "../latest";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";
import { toTsv } from "../tsv";
import type { Weights } from "./paint";
import { keyRows, rowTable } from "./rowTable";
import { leftOutSentence } from "./words";

const keyNouns: Nouns = ["key", "keys"];

/** Keys that the table lists at most. */
const listed = 100;

/** The chosen query: its distribution over the keys as bars, and as a table. */
@customElement("attention-row")
export class AttentionRow extends SessionElement {
  static override styles = [
    shared,
    css`
      label {
        display: flex;
        align-items: center;
        gap: 6px;
        margin-bottom: 10px;
      }
      input {
        flex: 0 1 160px;
        min-width: 60px;
      }
      .scroll {
        max-height: 420px;
        overflow: auto;
      }
      .about {
        margin-bottom: 4px;
      }
    `,
  ];

  @property({ attribute: false }) weights!: Weights;
  @property({ attribute: false }) queries!: readonly string[];
  @property({ attribute: false }) keys!: readonly string[];
  @state() private complaint = "";
  @query("input") private field!: HTMLInputElement;
  @query("class-bars") private bars!: ClassBars | null;
  private readonly scoresOf = latest(rowScores);
  private readonly modelOf = latest(modelRowOf);
  private readonly topOf = latest(topK);
  private readonly namesOf = latest(distinctNames);
  private shown = -1;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("queries") || this.app.attention.query !== this.shown) this.complaint = "";
  }

  protected override updated(): void {
    const { query } = this.app.attention;
    if (this.shown === query) return;
    this.shown = query;
    this.field.value = String(query);
  }

  protected override render() {
    const { map } = this.weights;
    const { query } = this.app.attention;
    return html`
      <label for="query">
        Query
        <input
          id="query"
          type="text"
          aria-label="Query"
          aria-invalid=${this.complaint !== ""}
          aria-describedby="of complaint"
          title="A query by its number or its token"
          autocomplete="off"
          spellcheck="false"
          @change=${this.apply}
        />
        <span id="of" class="muted">of ${count(map.queries)}, from 0</span>
      </label>
      <p id="complaint" class="error" role="alert" ?hidden=${!this.complaint}>${this.complaint}</p>
      ${map.state[query] === 0 ? this.distribution(query) : html`<p role="status">${leftOutSentence(map, query)}</p>`}
    `;
  }

  private distribution(query: number) {
    const { map, temperature } = this.weights;
    const { settings, pinned } = this.app;
    const { entropyUnit: unit } = settings;
    const scores = this.scoresOf(map, query);
    const model = this.modelOf(scores, settings.topK);
    if (!model) return nothing;
    const series = [temperature, ...pinned].map(T => seriesAt(model, T));
    const { distribution } = series[0];
    const { entropy, effectiveClasses } = distribution;
    const top = this.topOf(scores, listed);
    const names = this.namesOf(this.keys);
    const name = this.queries[query] === String(query) ? "" : ` “${this.queries[query]}”`;
    const left = map.keys - top.length;
    return html`
      <chart-frame
        heading="Query ${count(query)}${name} at T = ${temperatureText(temperature)}"
        .copy=${() => this.session.copy(toTsv(keyRows(scores, top, names, distribution)), "Table")}
        .save=${() => this.save(query)}
      >
        <p class="about muted">
          Entropy ${figure(entropyIn(unit, entropy))} ${unit}, ${figure(effectiveClasses)} effective
          keys.
        </p>
        <class-bars
          .bars=${barsOf(model, series, names, keyNouns)}
          @spoken=${(event: CustomEvent<string>) => this.session.announce(event.detail)}
        ></class-bars>
        <p class="muted">${restSentence(model, series[0], keyNouns)} ${axisSentence(series)}</p>
        <div slot="table" class="scroll">
          ${rowTable(scores, top, names, distribution)}
          ${left > 0 ? html`<p class="muted">${count(left)} more keys weigh less.</p>` : nothing}
        </div>
      </chart-frame>
    `;
  }

  private apply(): void {
    const { value } = this.field;
    const found = findClass(value, this.queries, this.queries.length);
    this.complaint =
      found === undefined ? `Queries go from 0 to ${count(this.queries.length - 1)}.` : "";
    if (found === undefined) return;
    this.field.value = String(found);
    this.session.attention.show({ query: found });
  }

  private async save(query: number): Promise<void> {
    const { info, temperature } = this.app;
    if (!info || !this.bars) return;
    const T = temperatureText(temperature);
    const bytes = await this.bars.png(`${info.file}, query ${query} at T = ${T}`);
    await this.session.save(`${info.file}-query${query}-T${T}.png`, bytes);
  }
}

/** Names in which those that come up more than once are told apart by their places. */
function distinctNames(names: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return names.map((name, i) => (times.get(name) === 1 ? name : `${name} (${i})`));
}

function modelRowOf(logits: Float64Array, k: number) {
  return modelRow({ logits, label: null }, k);
}
