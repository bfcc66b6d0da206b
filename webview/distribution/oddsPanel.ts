import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { gapForProbability, oddsOf, type RowModel } from "../../src/core";
import { classText, figure, temperatureText } from "../format";
import { shared } from "../parts/styles";
import { summaryTable } from "../parts/summaryTable";
import { findClass } from "./findClass";
import type { SummaryLine } from "./summary";

/** Longer lists of suggestions only slow the page down. */
const maxSuggestions = 1000;

/** One class against another at the present temperature, and the gap that a probability needs. */
@customElement("odds-panel")
export class OddsPanel extends LitElement {
  static override styles = [
    shared,
    css`
      .fields {
        display: grid;
        grid-template-columns: 1fr 1fr 68px;
        gap: 6px 8px;
        margin: 8px 0;
      }
      label {
        display: grid;
        gap: 3px;
      }
      input {
        width: 100%;
      }
      caption {
        position: absolute;
        width: 1px;
        height: 1px;
        padding: 0;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ];

  @property({ attribute: false }) model!: RowModel;
  @property({ attribute: false }) temperature = 1;
  @property({ attribute: false }) names: readonly string[] | null = null;
  /** What was typed for each class; empty follows the row's first and second. */
  @state() private typed: readonly [string, string] = ["", ""];
  @state() private wanted = "0.9";

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("names")) this.typed = ["", ""];
  }

  protected override render() {
    return html`
      <h2>Odds of two classes</h2>
      <div class="fields">
        ${this.classField("First class", 0)} ${this.classField("Second class", 1)}
        <label>
          Wanted p
          <input
            type="text"
            inputmode="decimal"
            .value=${this.wanted}
            @input=${(event: Event) => (this.wanted = (event.target as HTMLInputElement).value)}
          />
        </label>
      </div>
      ${this.suggestions()} ${this.answer()}
    `;
  }

  private classField(label: string, place: 0 | 1) {
    const following = this.model.classes[place];
    return html`<label>
      ${label}
      <input
        type="text"
        list="classes"
        autocomplete="off"
        title="A class name or an index; empty follows the likeliest classes"
        placeholder=${following === undefined ? "" : classText(this.names, following)}
        .value=${this.typed[place]}
        @input=${(event: Event) => {
          const { value } = event.target as HTMLInputElement;
          this.typed = place === 0 ? [value, this.typed[1]] : [this.typed[0], value];
        }}
      />
    </label>`;
  }

  private suggestions() {
    const { names } = this;
    if (!names || names.length > maxSuggestions) return nothing;
    return html`<datalist id="classes">
      ${names.map(name => html`<option value=${name}></option>`)}
    </datalist>`;
  }

  private answer() {
    const { logits } = this.model.row;
    const [a, b] = this.typed.map((text, i) =>
      text.trim() === "" ? this.model.classes[i] : findClass(text, this.names, logits.length),
    );
    if (a === undefined || b === undefined) {
      return html`<p class="error" role="status">
        ${
          logits.length < 2
            ? "There is only one class."
            : `Enter a class name, or an index from 0 to ${logits.length - 1}.`
        }
      </p>`;
    }
    return summaryTable("Odds", this.lines(a, b));
  }

  private lines(a: number, b: number): SummaryLine[] {
    const T = this.temperature;
    const { gap, odds, probability } = oddsOf(this.model.row.logits, a, b, T);
    const line = (name: string, value: number, hint: string): SummaryLine => {
      return { name, value, text: figure(value), hint };
    };
    const q = Number(this.wanted.replace(",", "."));
    const valid = this.wanted.trim() !== "" && q >= 0 && q <= 1;
    const needed = `Gap needed for p = ${valid ? q : "?"}`;
    const hint = `Δ = T·ln(q/(1−q)) in a choice of the two, at T = ${temperatureText(T)}`;
    return [
      line("Odds", odds, "exp(Δ/T)"),
      line("Probability of the first", probability, "In a choice of these two"),
      line("Gap", gap, "Δ: the first logit minus the second"),
      valid
        ? line(needed, gapForProbability(q, T), hint)
        : { name: needed, value: NaN, text: "from 0 to 1", hint },
    ];
  }
}
