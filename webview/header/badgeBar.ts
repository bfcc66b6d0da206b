import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";
import { badgesOf, type Badge } from "./badges";
import { panelOf } from "./readingPanels";

/** What the file is read as, a badge a fact; each opens a small panel that changes it. */
@customElement("badge-bar")
export class BadgeBar extends SessionElement {
  static override styles = [
    shared,
    css`
      :host {
        position: relative;
      }
      .badge {
        padding: 2px 8px;
        border: 1px solid var(--vscode-contrastBorder, transparent);
        border-radius: 11px;
        background: var(--vscode-badge-background);
        color: var(--vscode-badge-foreground);
        font: inherit;
        font-size: 0.92em;
        line-height: 1.4;
        cursor: pointer;
        overflow-wrap: anywhere;
        text-align: start;
      }
      .badge:hover {
        filter: brightness(1.12);
      }
      .badge:focus-visible {
        outline-offset: 2px;
      }
      .badge.none {
        border-color: var(--vscode-badge-background);
        background: transparent;
        color: var(--vscode-descriptionForeground);
      }
      .badge[aria-expanded="true"] {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: 2px;
      }
      .panel {
        position: absolute;
        z-index: 3;
        top: calc(100% + 6px);
        display: grid;
        gap: 10px;
        width: min(340px, 100%);
        max-height: 60vh;
        padding: 12px;
        overflow: auto;
        border: 1px solid
          var(--vscode-contrastBorder, var(--vscode-editorWidget-border, transparent));
        border-radius: 4px;
        background: var(--vscode-editorWidget-background);
        color: var(--vscode-editorWidget-foreground, var(--vscode-foreground));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
      }
      .panel label {
        display: grid;
        gap: 3px;
      }
      .panel p {
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** The name of the badge whose panel is open. */
  @state() private open: Badge["name"] | null = null;
  @query(".panel") private panel!: HTMLElement | null;
  @query('[aria-expanded="true"]') private opener!: HTMLElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.onPointerDown);
  }

  override disconnectedCallback(): void {
    document.removeEventListener("pointerdown", this.onPointerDown);
    super.disconnectedCallback();
  }

  protected override render() {
    const { info } = this.app;
    if (!info) return nothing;
    const open = badgesOf(info).find(badge => badge.name === this.open);
    return html`
      <div
        class="line"
        role="group"
        aria-label="How the file is read"
        @keydown=${this.onKey}
        @focusout=${this.onFocusOut}
      >
        ${badgesOf(info).map(
          badge => html`
            <button
              class="badge ${badge.present ? "" : "none"}"
              aria-expanded=${badge.name === this.open}
              aria-haspopup="dialog"
              title=${badge.title}
              @click=${() => (this.open = badge.name === this.open ? null : badge.name)}
            >
              ${badge.text}${badge.chosen ? html` <span title="Chosen by you">(chosen)</span>` : nothing}
            </button>
          `,
        )}
        ${
          open
            ? html`<div class="panel" role="dialog" aria-label=${open.title}>
                <h3>${open.title}</h3>
                ${panelOf(open.name, info, this.session)}
                ${
                  open.chosen
                    ? html`<vscode-button
                        appearance="secondary"
                        @click=${() => this.session.backToGuess(...open.fields)}
                        >Back to the guess</vscode-button
                      >`
                    : nothing
                }
              </div>`
            : nothing
        }
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    if (!this.panel || !this.opener || !changed.has("open" as never)) return;
    // Under its badge, but never past the right edge.
    const room = this.clientWidth - this.panel.offsetWidth;
    const left = Math.max(0, Math.min(this.opener.offsetLeft, room));
    this.panel.style.setProperty("left", `${left}px`);
    this.panel.querySelector<HTMLElement>("select, input, vscode-button")?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || this.open === null) return;
    this.opener?.focus();
    this.open = null;
  }

  /** Without a target, focus went nowhere: the focused part was painted anew, or the window left. */
  private onFocusOut({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && !this.renderRoot.contains(relatedTarget)) this.open = null;
  }

  private readonly onPointerDown = (event: PointerEvent): void => {
    if (!event.composedPath().includes(this)) this.open = null;
  };
}
