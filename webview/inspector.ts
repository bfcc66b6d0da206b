import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import type { DumpInfo } from "../src/protocol/dumpInfo";
import type { Failure } from "../src/protocol/messages";
import { tabs } from "../src/protocol/viewState";
import "./header/badgeBar";
import "./header/temperatureBar";
import { webviewHost } from "./webviewHost";
import "./parts/chartFrame";
import { SessionElement } from "./parts/sessionElement";
import { shared } from "./parts/styles";
import { Session } from "./session";
import { views } from "./views";

/** The page: the bar that stays in sight, the tabs under it, and a place for what went wrong. */
@customElement("logit-inspector")
export class LogitInspector extends SessionElement {
  static override styles = [
    shared,
    css`
      :host {
        min-height: 100vh;
        color: var(--vscode-foreground);
        font-family: var(--vscode-font-family);
        font-size: var(--vscode-font-size);
        line-height: 1.45;
      }
      .bar {
        position: sticky;
        z-index: 2;
        top: 0;
        display: grid;
        gap: 10px;
        padding: 12px 20px 10px;
        border-bottom: 1px solid
          var(--vscode-contrastBorder, var(--vscode-editorWidget-border, transparent));
        background: var(--vscode-editor-background);
      }
      .messages {
        display: grid;
        gap: 6px;
        padding: 10px 20px 0;
      }
      .message {
        padding: 6px 10px;
        border: 1px solid var(--vscode-inputValidation-infoBorder, currentColor);
        border-radius: 3px;
        background: var(--vscode-inputValidation-infoBackground, transparent);
        overflow-wrap: anywhere;
      }
      .problem {
        border-color: var(--vscode-inputValidation-errorBorder, currentColor);
        background: var(--vscode-inputValidation-errorBackground, transparent);
      }
      vscode-panels {
        padding: 0 14px;
        overflow: visible;
      }
      vscode-panel-view {
        display: block;
        padding: 12px 5px 32px;
        min-width: 0;
      }
      .failure {
        display: grid;
        justify-items: start;
        gap: 12px;
        max-width: 60em;
        padding: 32px 20px;
        overflow-wrap: anywhere;
      }
      @media (max-width: 520px) {
        .bar,
        .messages,
        .failure {
          padding-inline: 10px;
        }
        vscode-panels {
          padding: 0 4px;
        }
      }
    `,
  ];

  override session = new Session(webviewHost());

  override connectedCallback(): void {
    super.connectedCallback();
    void this.session.start();
  }

  protected override render() {
    const { info, failure, announcement } = this.app;
    return html`
      ${failure ? this.failure(failure) : info ? this.page(info) : this.opening()}
      <div class="spoken" aria-live="polite">${announcement}</div>
    `;
  }

  private opening() {
    return html`<p class="failure muted" role="status">Reading the file…</p>`;
  }

  private failure({ message }: Failure) {
    return html`
      <div class="failure" role="alert">
        <p>${message}</p>
        <vscode-button appearance="secondary" @click=${() => this.session.reopenAsText()}
          >Reopen as Text</vscode-button
        >
      </div>
    `;
  }

  private page(info: DumpInfo) {
    const chosen = views.find(({ tab }) => tab === this.app.tab);
    const shown = chosen?.needs(info) === null ? chosen.tab : "Distribution";
    return html`
      <div class="bar">
        <badge-bar .session=${this.session}></badge-bar>
        ${
          info.reading.kind === "values"
            ? nothing
            : html`<temperature-bar .session=${this.session}></temperature-bar>`
        }
      </div>
      <div class="messages">${this.messages(info)}</div>
      <vscode-panels activeid="tab-${shown}" @change=${this.onTab}>
        ${views.map(({ tab, needs }) => {
          const lack = needs(info);
          return html`<vscode-panel-tab
            id="tab-${tab}"
            title=${lack ?? ""}
            aria-disabled=${lack !== null}
            >${tab}</vscode-panel-tab
          >`;
        })}
        ${views.map(
          ({ tab, render }) =>
            html`<vscode-panel-view id="view-${tab}"
              >${tab === shown ? render(info, this.session) : nothing}</vscode-panel-view
            >`,
        )}
      </vscode-panels>
    `;
  }

  /** The panels' own event only: fields inside them have changes, too. */
  private onTab({ target, detail }: CustomEvent<HTMLElement | undefined>): void {
    if (!(target instanceof HTMLElement) || target.localName !== "vscode-panels") return;
    const tab = tabs.find(name => detail?.id === `tab-${name}`);
    if (tab) this.session.showTab(tab);
  }

  private messages({ problems, notes }: DumpInfo) {
    const { message } = this.app;
    const all = [
      ...problems.map(text => ({ level: "problem", text })),
      ...notes.map(text => ({ level: "note", text })),
      ...(message ? [message] : []),
    ];
    return all.map(({ level, text }) =>
      level === "problem"
        ? html`<p class="message problem" role="alert">${text}</p>`
        : html`<p class="message" role="status">${text}</p>`,
    );
  }
}
