import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { elementCount, type Statistics } from "../../src/core";
import type { DumpInfo, Elements } from "../../src/protocol/dumpInfo";
import { fileLines, type SummaryLine } from "../distribution/summary";
import { count, figure, shapeText } from "../format";
import { longRequest } from "../longRequest";
import { figureCell, textCell } from "../parts/figureCell";
import { jobLine } from "../parts/jobLine";
import { SessionElement } from "../parts/sessionElement";
import { pictureAndNumbers, shared } from "../parts/styles";
import { summaryTable } from "../parts/summaryTable";
import { gridLines } from "./valuesGrid";

/** Values in the table: enough to recognise an array by. */
const shownValues = 200;

/** An array that is no logits: what it is, its statistics and its first values. */
@customElement("values-view")
export class ValuesView extends SessionElement {
  static override styles = [
    shared,
    pictureAndNumbers,
    css`
      .page {
        row-gap: 24px;
      }
      .wide {
        overflow-x: auto;
      }
      .at {
        white-space: nowrap;
      }
      .numbers {
        display: grid;
        align-content: start;
        gap: 24px;
      }
    `,
  ];

  @state() private statistics: Statistics | null = null;
  @state() private elements: Elements | null = null;
  /** What the numbers are of. */
  private of: DumpInfo | null = null;
  private reading = new AbortController();

  override disconnectedCallback(): void {
    this.reading.abort();
    super.disconnectedCallback();
  }

  protected override willUpdate(): void {
    const { info } = this.app;
    if (!info || info === this.of) return;
    this.of = info;
    this.reading.abort();
    this.reading = new AbortController();
    this.statistics = this.elements = null;
    if (elementCount(info.shape) > 0) void this.load(info);
  }

  protected override render() {
    const { info } = this.app;
    if (!info) return nothing;
    return html`
      <div class="line">
        <p>
          ${sentenceOf(info)}
          <span class="muted">${info.kindReason}</span>
        </p>
        ${
          elementCount(info.shape) > 0 && info.shape.length > 0
            ? html`<vscode-button
                appearance="secondary"
                @click=${() => this.session.choose({ kind: "logits" })}
                >Read as logits</vscode-button
              >`
            : nothing
        }
      </div>
      ${jobLine(this.app.job)}
      <div class="page">
        <div class="wide">${this.table(info)}</div>
        <div class="numbers">
          ${summaryTable("Summary", fileLines(info))}
          ${this.statistics ? summaryTable("Statistics", linesOf(this.statistics)) : nothing}
        </div>
      </div>
    `;
  }

  private table(info: DumpInfo) {
    const { elements } = this;
    const total = elementCount(info.shape);
    if (total === 0) return html`<p role="status">It is empty.</p>`;
    if (!elements) return html`<p class="muted">Reading the values…</p>`;
    const { values, exact } = elements;
    const isFloat = info.dtype.includes("float");
    const cell = (i: number) =>
      exact ? textCell(exact[i]) : figureCell(values[i], isFloat ? undefined : String(values[i]));
    return html`
      <table>
        <caption>
          ${values.length === total ? "Values" : `First ${values.length} of ${count(total)} values`}
        </caption>
        <tbody>
          ${gridLines(info.shape, values.length).map(
            ({ at, start, length }) => html`
              <tr>
                <th scope="row" class="at muted">${at}</th>
                ${Array.from({ length }, (_, i) => cell(start + i))}
              </tr>
            `,
          )}
        </tbody>
      </table>
    `;
  }

  private async load(info: DumpInfo): Promise<void> {
    const length = Math.min(shownValues, elementCount(info.shape));
    const first = await this.session.ask("values", { start: 0, count: length });
    if (this.of !== info) return;
    this.elements = first ?? null;
    const statistics = await longRequest(
      this.session,
      "Computing statistics",
      "statistics",
      {},
      this.reading,
    );
    if (this.of === info) this.statistics = statistics ?? null;
  }
}

/** What it is instead of logits. */
function sentenceOf({ shape, overrides }: DumpInfo): string {
  if (shape.length === 0) return "This is a single number, not logits.";
  const what = `array of ${shapeText(shape)} values`;
  return overrides.kind
    ? `Read as an ${what}, as you chose.`
    : `This looks like an ${what}, not logits.`;
}

function linesOf(s: Statistics): SummaryLine[] {
  const whole = (name: string, value: number) => ({ name, value, text: count(value) });
  const real = (name: string, value: number) => ({ name, value, text: figure(value) });
  return [
    whole("Values", s.count),
    real("Minimum", s.min),
    real("Maximum", s.max),
    real("Mean", s.mean),
    real("Standard deviation", s.std),
    whole("NaN", s.nan),
    whole("+∞", s.posInf),
    whole("-∞", s.negInf),
    whole("Zeros", s.zeros),
  ];
}
