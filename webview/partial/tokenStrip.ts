import { css, html, nothing } from "lit";
import { customElement, query } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import type { DumpInfo } from "../../src/protocol/dumpInfo";
import { count, percent } from "../format";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";

import { tokenText } from "./partialWords";
import { textAt } from "./textAt";

/** Tokens shown before and behind the present one. */
const reach = 150;

/** A token is marked the more, the less likely it was. */
const steps = [0.5, 0.1, 0.01] as const;

/** The text around the present token; each token is a button, and arrow keys go from one to the next. */
@customElement("token-strip")
export class TokenStrip extends SessionElement {
  static override styles = [
    shared,
    css`
      :host {
        margin-top: 12px;
      }
      h2 {
        margin-bottom: 4px;
        overflow-wrap: anywhere;
      }
      h2 span,
      h2 button {
        margin-inline-start: 6px;
        font-weight: normal;
      }
      .text {
        max-height: 8.5em;
        overflow-y: auto;
        padding: 4px 2px;
        line-height: 1.7;
        overflow-wrap: anywhere;
      }
      .text button {
        padding: 1px 0;
        border: 0;
        border-radius: 2px;
        background: none;
        color: inherit;
        font-family: var(--vscode-editor-font-family, monospace);
        font-size: inherit;
        white-space: pre-wrap;
        cursor: pointer;
      }
      .text button:hover {
        background: var(--vscode-toolbar-hoverBackground, transparent);
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
      }
      .text .p1,
      .text .p2,
      .text .p3,
      .legend span {
        border-bottom: 2px dotted var(--vscode-charts-orange, currentColor);
      }
      .text .p2,
      .legend .p2 {
        border-bottom-style: dashed;
      }
      .text .p3,
      .legend .p3 {
        border-bottom-style: solid;
      }
      .text [aria-current="true"] {
        background: var(--vscode-list-activeSelectionBackground, transparent);
        color: var(--vscode-list-activeSelectionForeground, inherit);
        outline: 1px solid var(--vscode-focusBorder);
      }
      .legend {
        margin-top: 4px;
      }
      .legend span {
        padding-bottom: 1px;
        white-space: nowrap;
      }
    `,
  ];

  @query('[aria-current="true"]') private current!: HTMLElement | null;
  private shown = -1;

  /** A text of hundreds of buttons stays as it is while the temperature moves. */
  protected override render() {
    const { info, rowIndex } = this.app;
    return guard([info, rowIndex], () => (info ? this.text(info, rowIndex) : nothing));
  }

  private text(info: DumpInfo, rowIndex: number) {
    if (!info.partial || !info.tokens) return nothing;
    const { partial, tokens, rows } = info;
    const { index, name, start, end } = textAt(partial, rowIndex, rows);
    const first = Math.max(start, rowIndex - reach);
    const last = Math.min(end, rowIndex + reach + 1);
    const several = partial.sequences.length > 1;
    return html`
      <h2>
        Text${several ? ` ${count(index + 1)} of ${count(partial.sequences.length)}` : nothing}
        ${name === "" ? nothing : html`<span class="muted">${name}</span>`}
        ${several ? [this.toText("Previous", index - 1), this.toText("Next", index + 1)] : nothing}
      </h2>
      <div class="text" role="group" aria-label="Tokens of the text" @keydown=${this.onKey}>
        ${first > start ? "… " : nothing}${tokens
          .slice(first, last)
          .map((text, i) =>
            this.token(text, first + i, Math.exp(partial.logprobs[first + i])),
          )}${last < end ? " …" : nothing}
      </div>
      <p class="legend muted">
        Underlined where the token was unlikely: <span class="p1">below 50 %</span>,
        <span class="p2">below 10 %</span>, <span class="p3">below 1 %</span>.
      </p>
    `;
  }

  /** A link to another text, by its number; nothing where there is none. */
  private toText(which: string, index: number) {
    const to = this.app.info?.partial?.sequences[index]?.start;
    if (to === undefined) return nothing;
    return html`<button class="link" @click=${() => this.session.goTo(to)}>${which} text</button> `;
  }

  private token(text: string, row: number, p: number) {
    const step = steps.filter(limit => p < limit).length;
    const likely = Number.isNaN(p) ? "no log-probability" : `p = ${percent(p)}`;
    const isCurrent = row === this.app.rowIndex;
    // As a property: blanks of the template would be seen.
    return html`<button
      class=${step > 0 ? `p${step}` : nothing}
      tabindex=${isCurrent ? 0 : -1}
      aria-current=${isCurrent}
      aria-label="Row ${row}: ${tokenText(text)}, ${likely}"
      title="${tokenText(text)}, ${likely}"
      .textContent=${visible(text)}
      @click=${() => this.session.goTo(row)}
    ></button>`;
  }

  protected override updated(): void {
    if (this.shown === this.app.rowIndex || !this.current) return;
    const isFocused = this.shadowRoot?.activeElement instanceof HTMLElement;
    this.shown = this.app.rowIndex;
    this.current.scrollIntoView({ block: "nearest" });
    if (isFocused) this.current.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    void this.session.goTo(this.app.rowIndex + step);
  }
}

/** A token as it stands in the text, with a sign for what would not be seen. */
function visible(text: string): string {
  if (text === "") return "∅";
  return text.replace(/\r?\n/g, "↵\n").replace(/\t/g, "⇥\t");
}
