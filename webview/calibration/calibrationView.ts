import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { errorBound, type BinConvention } from "../../src/core";
import { temperatureText } from "../format";
import { latest } from "../latest";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";
import { binRowsTable } from "./binRowsTable";
import type { Desk, Reading } from "./desk";
import "./fitPanel";
import { brierLines, metricLines } from "./metricLines";
import { metricsTable } from "./metricsTable";
import "./pictureFrame";
import { classesPicture } from "./pictures/classes";
import { curveMarks, curvesPicture } from "./pictures/curves";
import { histogramPicture } from "./pictures/histogram";
import type { Picture } from "./pictures/picture";
import { reliabilityPicture } from "./pictures/reliability";
import { riskPicture } from "./pictures/riskCoverage";
import { sensitivityPicture } from "./pictures/sensitivity";
import { countsSentence, liveSentence, zerosSentence } from "./words";

/** The floor that true classes at probability 0 can be lifted to. */
const floor = 1e-12;

const conventions: readonly { value: BinConvention; text: string }[] = [
  { value: "[lo, hi)", text: "[lo, hi)" },
  { value: "(lo, hi]", text: "(lo, hi], as in the papers" },
];

/** How far confidence is from honest at any temperature, and what a fitted one mends. */
@customElement("calibration-view")
export class CalibrationView extends SessionElement {
  static override styles = [
    shared,
    css`
      :host {
        margin-top: 14px;
      }
      .page,
      .stack {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        gap: 20px;
      }
      .choices {
        gap: 8px;
      }
      .lack {
        display: grid;
        justify-items: start;
        gap: 12px;
        max-width: 60em;
      }
      .main,
      .pictures {
        display: grid;
        grid-template-columns: minmax(0, 1fr); /* so that a canvas can shrink with the page */
        gap: 24px 32px;
      }
      .main picture-frame {
        --plot-height: clamp(280px, 46vh, 460px);
      }
      .scroll {
        overflow-x: auto;
      }
      .beside th {
        padding-inline-start: 20px;
      }
      .beside > * {
        color: var(--vscode-descriptionForeground);
        font-size: 0.92em;
        white-space: normal;
      }
      tr:not(.beside) th {
        white-space: nowrap;
      }
      .rows p {
        margin-bottom: 8px;
      }
      .rows {
        max-height: 480px;
        overflow: auto;
      }
      @media (min-width: 960px) {
        .main {
          grid-template-columns: minmax(0, 1fr) minmax(400px, 470px);
        }
        .pictures {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
    `,
  ];

  /** A picture whose numbers stay is not drawn again while others follow the slider. */
  private readonly draw = {
    reliability: latest(reliabilityPicture),
    histogram: latest(histogramPicture),
    curves: latest(curvesPicture),
    sensitivity: latest(sensitivityPicture),
    risk: latest(riskPicture),
    classes: latest(classesPicture),
  };
  private readonly boundOf = latest(errorBound);
  /** The last exact numbers, which pictures that can't follow a drag stay with. */
  private lastExact: Reading | null = null;
  /** The bin whose rows are listed. */
  @state() private bin: number | null = null;

  protected override render() {
    const { info, desk } = this.app;
    if (!info) return nothing;
    if (!info.hasLabels) return this.lack();
    return html`
      <div class="page">
        <fit-panel .session=${this.session}></fit-panel>
        ${this.choices(desk)}
        ${desk.current ? this.numbers(desk, desk.current) : this.waiting(desk)}
      </div>
    `;
  }

  private lack() {
    return html`
      <div class="lack">
        <p>Needs labels: the true class of each row, in this file or in one beside it.</p>
        <vscode-button @click=${() => this.session.pickSource("labels")}
          >Choose labels…</vscode-button
        >
      </div>
    `;
  }

  /** What the numbers are made of, and the choices that change them. */
  private choices({ atOne, current, choice, isStopped }: Desk) {
    const { calibration: work } = this.session;
    const counted = atOne ?? current;
    const zeros = atOne ? zerosSentence(atOne.metrics) : "";
    return html`
      <div class="stack choices">
        <div class="line">
          <span>${counted ? countsSentence(counted.metrics) : nothing}</span>
          <label for="convention">Bins</label>
          <select
            id="convention"
            aria-label="Bins"
            @change=${(event: Event) =>
              work.setConvention((event.target as HTMLSelectElement).value as BinConvention)}
          >
            ${conventions.map(
              ({ value, text }) =>
                html`<option value=${value} ?selected=${value === choice.convention}>
                  ${text}
                </option>`,
            )}
          </select>
          ${
            choice.clip === null
              ? nothing
              : html`<b>Clipped at ${choice.clip} (chosen)</b>
                  <vscode-button appearance="secondary" @click=${() => work.setClip(null)}
                    >Undo clipping</vscode-button
                  >`
          }
        </div>
        ${
          zeros
            ? html`<div class="line">
                <span role="status">${zeros}</span>
                <vscode-button
                  appearance="secondary"
                  title="Lifts every probability to at least ${floor}, which changes results"
                  @click=${() => work.setClip(floor)}
                  >Clip at ${floor}</vscode-button
                >
              </div>`
            : nothing
        }
        ${
          isStopped
            ? html`<div class="line">
                <span>A pass over the rows did not end, so numbers are missing.</span>
                <vscode-button appearance="secondary" @click=${() => work.resume()}
                  >Try again</vscode-button
                >
              </div>`
            : nothing
        }
      </div>
    `;
  }

  private waiting({ isStopped }: Desk) {
    return isStopped ? nothing : html`<p class="muted" role="status">Measuring all rows…</p>`;
  }

  private numbers(desk: Desk, current: Reading) {
    const { atOne, fitted } = desk;
    const { calibration } = this.app;
    const names = ["T = 1", "Current T", ...(calibration ? ["Fitted T"] : [])];
    const columns = [atOne, current, ...(calibration ? [fitted] : [])];
    const listed = this.bin !== null && this.bin < current.metrics.bins.length ? this.bin : null;
    return html`
      <div class="main">
        <div class="stack">
          ${this.frame(this.draw.reliability(current, atOne), true)}
          ${
            listed === null
              ? nothing
              : html`<div class="rows">${binRowsTable(this.session, current, listed)}</div>`
          }
        </div>
        <div class="stack">
          <div class="scroll">
            ${metricsTable("Calibration metrics", names, metricLines(columns))}
          </div>
          <p class="muted">${this.source(current)}</p>
          <div class="scroll">${metricsTable("Brier parts", names, brierLines(columns))}</div>
        </div>
      </div>
      <div class="pictures">${this.more(desk, current).map(p => this.frame(p))}</div>
    `;
  }

  /** Where the numbers of the present temperature come from. */
  private source({ temperature, full, sample }: Reading): string {
    const now = this.app.temperature;
    const T = `Current T = ${temperatureText(temperature)}`;
    if (temperature !== now) return `${T}; T = ${temperatureText(now)} is being measured.`;
    if (full) return `${T}: exact, float64.`;
    const classes = this.app.desk.profile?.classes ?? 1;
    return `${T}: ${liveSentence(this.boundOf(classes), sample)}`;
  }

  private more({ atOne, curves, choice }: Desk, current: Reading): Picture[] {
    const { info, calibration, temperature } = this.app;
    const { draw } = this;
    const exact = current.full ? current : this.lastExact;
    this.lastExact = exact;
    const pictures = [draw.histogram(current, atOne)];
    if (curves) {
      const marks = curveMarks(temperature, calibration?.fit.T ?? NaN);
      pictures.push({ ...draw.curves(curves), marks });
    }
    if (exact?.full) {
      const { temperature: T, full, classwise } = exact;
      pictures.push(draw.sensitivity(T, full, atOne?.full ?? null));
      pictures.push(draw.risk(T, full, atOne?.full ?? null));
      if (classwise) pictures.push(draw.classes(T, classwise, info?.classNames ?? null, choice));
    }
    return pictures;
  }

  private frame(picture: Picture, isMain = false) {
    return html`<picture-frame
      .session=${this.session}
      .picture=${picture}
      ?main=${isMain}
      @pick=${(event: CustomEvent<number>) => (this.bin = event.detail)}
    ></picture-frame>`;
  }
}
