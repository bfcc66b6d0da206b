import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { shared } from "./styles";

/**
 * The frame that every picture comes in: its heading, Copy and Save, and the table of the same
 * numbers, which can be hidden. Slots: the picture, and "table"; with the attribute `beside` the
 * table stands at the picture's side where there is room.
 */
@customElement("chart-frame")
export class ChartFrame extends LitElement {
  static override styles = [
    shared,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
        margin-bottom: 8px;
      }
      h2 {
        flex: 1 1 auto;
      }
      .table {
        margin-top: 16px;
      }
      @media (min-width: 1000px) {
        :host([beside]) .body {
          display: grid;
          grid-template-columns: repeat(2, minmax(0, 1fr));
          gap: 0 32px;
        }
        :host([beside]) .table {
          margin-top: 0;
        }
      }
    `,
  ];

  @property() heading = "";
  @property({ attribute: false }) copy: () => void = () => undefined;
  @property({ attribute: false }) save: () => void = () => undefined;
  /** As it begins; a person can show and hide it. */
  @property({ attribute: false }) tableShown = true;

  protected override render() {
    return html`
      <div class="head">
        <h2>${this.heading}</h2>
        <div class="line">
          <vscode-button
            appearance="secondary"
            title="Copy the numbers, tab-separated"
            @click=${() => this.copy()}
            >Copy</vscode-button
          >
          <vscode-button
            appearance="secondary"
            title="Save the picture as PNG"
            @click=${() => this.save()}
            >Save</vscode-button
          >
          <vscode-button
            appearance="secondary"
            title="Show or hide the table of these numbers"
            aria-pressed=${this.tableShown}
            @click=${() => (this.tableShown = !this.tableShown)}
            >Table</vscode-button
          >
        </div>
      </div>
      <div class="body">
        <div><slot></slot></div>
        <div class="table" ?hidden=${!this.tableShown}><slot name="table"></slot></div>
      </div>
    `;
  }
}
