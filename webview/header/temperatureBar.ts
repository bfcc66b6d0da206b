import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import {
  parseTemperature,
  positionToTemperature,
  snapTemperature,
  temperatureToPosition,
} from "../../src/core";
import { maxPinned } from "../../src/protocol/viewState";
import { temperatureText } from "../format";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";
import { slider } from "./sliderStyles";
import { steppedTemperature } from "./temperatureSteps";

const presets = [
  { value: 0.5, text: "½" },
  { value: 1, text: "1" },
  { value: 2, text: "2" },
];

/** Numbers under the slider; where each lies is in the styles. */
const scale = ["0.05", "0.2", "1", "5", "20"];

/** Slider, exact value, presets, reset and pins. */
@customElement("temperature-bar")
export class TemperatureBar extends SessionElement {
  static override styles = [
    shared,
    slider,
    css`
      .line {
        gap: 6px 10px;
      }
      .track {
        flex: 1 1 200px;
        max-width: 560px;
        min-width: 160px;
      }
      .field {
        width: 84px;
      }
      .group {
        display: flex;
        gap: 4px;
      }
      .pins {
        margin-top: 6px;
      }
    `,
  ];

  @state() private complaint = "";
  /** The temperature that the field was last set to. */
  private shown = NaN;
  @query(".field") private field!: HTMLInputElement;
  @query("[type=range]") private range!: HTMLInputElement;

  protected override firstUpdated(): void {
    this.session.focusTemperature = () => this.range.focus();
  }

  protected override willUpdate(): void {
    if (this.shown !== this.app.temperature) this.complaint = "";
  }

  protected override updated(): void {
    const typing = this.shadowRoot?.activeElement === this.field || this.complaint !== "";
    if (this.shown === this.app.temperature && typing) return;
    this.shown = this.app.temperature;
    this.field.value = temperatureText(this.shown);
  }

  protected override render() {
    const { temperature, settings } = this.app;
    const reset = settings.defaultTemperature;
    return html`
      <div class="line">
        <label for="slider">Temperature</label>
        <div class="track">
          <input
            id="slider"
            type="range"
            aria-label="Temperature"
            aria-valuetext="T = ${temperatureText(temperature)}"
            title="Arrow keys: small steps. Page Up and Page Down: large steps. Home and End: the ends."
            min="0"
            max="1"
            step="any"
            .value=${String(temperatureToPosition(temperature))}
            @input=${() => this.session.previewTemperature(this.dragged())}
            @change=${() => this.session.commitTemperature(this.dragged())}
            @keydown=${this.onSliderKey}
          />
          <div class="scale" aria-hidden="true">${scale.map(t => html`<span>${t}</span>`)}</div>
        </div>
        <input
          class="field"
          type="text"
          aria-label="Temperature value"
          aria-invalid=${this.complaint !== ""}
          aria-describedby="complaint"
          title="From 0 to ∞, for example 0.5, 1/2 or inf"
          spellcheck="false"
          autocomplete="off"
          @keydown=${this.onFieldKey}
          @change=${this.apply}
        />
        <div class="group" role="group" aria-label="Presets">
          ${presets.map(
            ({ value, text }) => html`
              <vscode-button
                appearance=${value === temperature ? "primary" : "secondary"}
                aria-label="Temperature ${value}"
                aria-pressed=${value === temperature}
                @click=${() => this.session.commitTemperature(value)}
                >${text}</vscode-button
              >
            `,
          )}
        </div>
        <div class="group">
          <vscode-button
            appearance="secondary"
            title="Back to the default temperature, ${temperatureText(reset)}"
            ?disabled=${temperature === reset}
            @click=${() => this.session.commitTemperature(reset)}
            >Reset</vscode-button
          >
          ${this.pinButton()}
        </div>
      </div>
      <p id="complaint" class="error" role="alert" ?hidden=${!this.complaint}>${this.complaint}</p>
      ${this.pins()}
    `;
  }

  private pinButton() {
    const { temperature, pinned } = this.app;
    const full = pinned.length >= maxPinned;
    const title = full
      ? `No more than ${maxPinned} can be told apart: remove one first`
      : "Keep this temperature in the picture, to compare";
    return html`
      <vscode-button
        appearance="secondary"
        title=${title}
        ?disabled=${full || pinned.includes(temperature)}
        @click=${() => this.session.pin(temperature)}
        >Pin</vscode-button
      >
    `;
  }

  private pins() {
    const { pinned } = this.app;
    if (pinned.length === 0) return nothing;
    return html`
      <div class="line pins" role="group" aria-label="Pinned temperatures">
        <span class="muted">Pinned</span>
        ${pinned.map(
          T => html`
            <vscode-button
              appearance="secondary"
              title="Remove from the picture"
              aria-label="Remove T = ${temperatureText(T)}"
              @click=${() => this.session.unpin(T)}
              >T = ${temperatureText(T)}&ensp;×</vscode-button
            >
          `,
        )}
      </div>
    `;
  }

  private dragged(): number {
    return snapTemperature(positionToTemperature(this.range.valueAsNumber));
  }

  private onSliderKey(event: KeyboardEvent): void {
    const T = steppedTemperature(event.key, this.app.temperature);
    if (T === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.session.commitTemperature(T);
  }

  private onFieldKey(event: KeyboardEvent): void {
    if (event.key === "Enter") this.apply();
    if (event.key !== "Escape") return;
    this.complaint = "";
    this.field.value = temperatureText(this.app.temperature);
  }

  private apply(): void {
    const { temperature } = this.app;
    const text = this.field.value;
    // The field shows six digits of a number that may have more: unedited, it changes nothing.
    const T = text === temperatureText(temperature) ? temperature : parseTemperature(text);
    this.complaint = typeof T === "string" ? T : "";
    if (typeof T === "string") return;
    this.field.value = temperatureText(T);
    if (T !== temperature) this.session.commitTemperature(T);
  }
}
