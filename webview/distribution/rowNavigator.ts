import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { count } from "../format";
import { jobLine } from "../parts/jobLine";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";

const needsLabels = "Needs labels: choose them by the badge above";

/** Goes from row to row: by steps, by number, or by what stands out. */
@customElement("row-navigator")
export class RowNavigator extends SessionElement {
  static override styles = [
    shared,
    css`
      :host > .line {
        gap: 6px 14px;
      }
      .group {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      input {
        width: 84px;
      }
      progress {
        width: 160px;
        accent-color: var(--vscode-progressBar-background);
      }
      .job {
        margin-top: 8px;
      }
    `,
  ];

  @state() private complaint = "";
  @query("input") private field!: HTMLInputElement;
  /** The row that the field was last set to. */
  private shown = -1;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.onKey);
  }

  override disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
    super.disconnectedCallback();
  }

  protected override updated(): void {
    if (this.shown === this.app.rowIndex) return;
    this.shown = this.app.rowIndex;
    this.field.value = String(this.shown);
    this.complaint = "";
  }

  protected override render() {
    const { info, rowIndex } = this.app;
    if (!info) return nothing;
    const last = info.rows - 1;
    const step = (text: string, to: number, keys: string) => html`
      <vscode-button
        appearance="secondary"
        title="${text} row (${keys})"
        aria-label="${text} row"
        ?disabled=${to < 0 || to > last || to === rowIndex}
        @click=${() => this.session.goTo(to)}
        >${text}</vscode-button
      >
    `;
    return html`
      <div class="line">
        <div class="group" role="group" aria-label="Steps">
          ${step("First", 0, "Alt+Home")} ${step("Previous", rowIndex - 1, "Alt+Up")}
          ${step("Next", rowIndex + 1, "Alt+Down")} ${step("Last", last, "Alt+End")}
        </div>
        <div class="group">
          <label for="row">Row</label>
          <input
            id="row"
            type="text"
            inputmode="numeric"
            aria-label="Row"
            aria-invalid=${this.complaint !== ""}
            aria-describedby="of complaint"
            autocomplete="off"
            @change=${this.apply}
          />
          <span id="of" class="muted">of ${count(info.rows)}, from 0</span>
        </div>
        ${info.partial ? nothing : html`<div class="group">${this.jumps(info.hasLabels)}</div>`}
      </div>
      <p id="complaint" class="error" role="alert" ?hidden=${!this.complaint}>${this.complaint}</p>
      ${jobLine(this.app.job)}
    `;
  }

  private jumps(hasLabels: boolean) {
    const { walk } = this.session;
    const jump = (text: string, title: string, go: () => Promise<void>, disabled = false) => html`
      <vscode-button appearance="secondary" title=${title} ?disabled=${disabled} @click=${go}
        >${text}</vscode-button
      >
    `;
    return html`
      ${jump(
        "Next miss",
        hasLabels ? "The next row whose most probable class is not its label" : needsLabels,
        () => walk.toNextMiss(),
        !hasLabels,
      )}
      ${jump(
        "Most certain",
        "The row with the largest max probability at this temperature; again for the next",
        () => walk.toFirst("most certain"),
      )}
      ${jump(
        "Least certain",
        "The row with the smallest max probability at this temperature; again for the next",
        () => walk.toFirst("least certain"),
      )}
      ${jump(
        "Largest loss",
        hasLabels
          ? "The row whose label has the smallest probability at this temperature; again for the next"
          : needsLabels,
        () => walk.toFirst("largest loss"),
        !hasLabels,
      )}
    `;
  }

  private apply(): void {
    const text = this.field.value.trim();
    const rows = this.app.info?.rows ?? 0;
    const index = Number(text.replaceAll(",", ""));
    const valid = text !== "" && Number.isInteger(index) && index >= 0 && index < rows;
    this.complaint = valid ? "" : `Rows go from 0 to ${count(rows - 1)}.`;
    if (valid) void this.session.goTo(index);
  }

  /** Alt with an arrow is free on the slider and on the picture, which use the plain arrows. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !this.app.info) return;
    if (event.composedPath()[0] instanceof HTMLSelectElement) return;
    const { rowIndex, info } = this.app;
    const targets: Record<string, number> = {
      ArrowUp: rowIndex - 1,
      ArrowDown: rowIndex + 1,
      Home: 0,
      End: info.rows - 1,
    };
    if (!Object.hasOwn(targets, event.key)) return;
    event.preventDefault();
    void this.session.goTo(targets[event.key]);
  };
}
