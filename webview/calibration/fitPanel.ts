import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { figure } from "../format";
import { jobLine } from "../parts/jobLine";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";
import {
  certificate,
  disagreementSentence,
  heldOutSentence,
  limits,
  mendSentence,
  otherSentence,
} from "./words";

/** The fit: its button, its verdict, what can be done with it, and what it can't do. */
@customElement("fit-panel")
export class FitPanel extends SessionElement {
  static override styles = [
    shared,
    css`
      .panel {
        display: grid;
        gap: 10px;
      }
      .words {
        display: grid;
        gap: 4px;
        max-width: 90ch;
      }
      output {
        font-size: 1.15em;
      }
    `,
  ];

  protected override render() {
    const { calibration, temperature, desk } = this.app;
    const { calibration: work } = this.session;
    const T = calibration?.fit.T ?? NaN;
    const canSet = calibration?.fit.verdict === "optimum";
    return html`
      <div class="panel">
        <div class="line">
          <vscode-button @click=${() => work.fit()}>Fit temperature</vscode-button>
          <vscode-button
            appearance="secondary"
            ?disabled=${!canSet || T === temperature}
            @click=${() => this.session.commitTemperature(T)}
            >Set temperature to fitted</vscode-button
          >
          <vscode-button
            appearance="secondary"
            title="Fit on one file, report on another: the validation file of the same model, for example"
            @click=${() => work.fitOther()}
            >Fit on another file…</vscode-button
          >
          ${this.exports()}
        </div>
        ${jobLine(this.app.job)}
        <output
          role="status"
          aria-label="Fitted temperature"
          data-value=${calibration ? String(T) : nothing}
          >${calibration?.fit.sentence ?? "Not fitted yet."}
          ${calibration ? certificate(calibration) : nothing}</output
        >
        ${calibration ? this.words() : nothing} ${desk.other ? this.other() : nothing}
        <p class="words muted">${limits}</p>
      </div>
    `;
  }

  private exports() {
    const { choice } = this.app.desk;
    const { temperature } = this.app;
    const button = (text: string, title: string, action: () => Promise<unknown>) => html`
      <vscode-button appearance="secondary" title=${title} @click=${action}>${text}</vscode-button>
    `;
    return html`
      ${button("Export report…", "All numbers of this page, as a file", () =>
        this.session.ask("exportReport", choice),
      )}
      ${button("Export probabilities…", "Softmax at the present temperature, as .npy or CSV", () =>
        this.session.ask("exportProbabilities", { temperature }),
      )}
      ${button("Copy as Python", "A NumPy program that computes these numbers", () =>
        this.copyAsPython(),
      )}
    `;
  }

  private async copyAsPython(): Promise<void> {
    const copied = await this.session.ask("copyAsPython", this.app.desk.choice);
    if (copied !== undefined) this.session.announce("Python copied.");
  }

  private words() {
    const { calibration, desk } = this.app;
    if (!calibration) return nothing;
    const sentences = [
      mendSentence(calibration, desk.atOne?.metrics),
      heldOutSentence(calibration),
      disagreementSentence(desk.atOne?.metrics, desk.fitted?.metrics),
    ];
    return html`<div class="words">
      ${sentences.filter(text => text !== "").map(text => html`<p>${text}</p>`)}
    </div>`;
  }

  private other() {
    const { calibration, desk, temperature } = this.app;
    const { other, current } = desk;
    if (!other) return nothing;
    const { T } = other.fit;
    const isUsed = T === temperature && current?.temperature === T;
    return html`
      <div class="words">
        <p>${otherSentence(other, calibration)}</p>
        ${
          isUsed
            ? html`<p>
                Fitted on ${other.file}, reported here: NLL ${figure(current.metrics.nll)}, ECE
                ${figure(current.metrics.ece)}.
              </p>`
            : nothing
        }
        <div>
          <vscode-button
            appearance="secondary"
            ?disabled=${other.fit.verdict !== "optimum" || T === temperature}
            @click=${() => this.session.commitTemperature(T)}
            >Set temperature to that of ${other.file}</vscode-button
          >
        </div>
      </div>
    `;
  }
}
