import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { MapKind } from "../../src/core";
import type { AttentionReading, Naming, Pooling, ScaleKind } from "../../src/protocol/attention";
import { count } from "../format";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";
import { hasOverview } from "./attentionDesk";
import {
  fillText,
  kinds,
  memberOf,
  namingsFor,
  numbers,
  others,
  placeOf,
  placeValue,
  poolings,
  scales,
  type Option,
} from "./choiceOptions";

/** Which map is shown, and how its numbers are read. */
@customElement("attention-choices")
export class AttentionChoices extends SessionElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: 8px;
      }
      .line {
        gap: 6px 14px;
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        max-width: 100%;
        min-width: 0;
      }
      input[type="number"] {
        width: 64px;
      }
      input[type="checkbox"] {
        margin: 0;
      }
    `,
  ];

  private painted: readonly unknown[] = [];

  /** Options can be many, so that they stay as they are while the slider moves. */
  protected override shouldUpdate(): boolean {
    const { info, attention } = this.app;
    const isNew = this.painted[0] !== info || this.painted[1] !== attention;
    this.painted = [info, attention];
    return isNew;
  }

  protected override render() {
    const { info, attention } = this.app;
    const { set, place, reading, naming, scale, pooling } = attention;
    if (!info || !set) return nothing;
    const work = this.session.attention;
    const namingOptions = namingsFor(attention);
    const { batch, layer, head } = set.sizes;
    return html`
      <div class="line" role="group" aria-label="Map">
        ${
          info.attention.length > 1
            ? choice(
                "Maps",
                info.attention.map(({ id }) => ({ value: id, text: memberOf(id) })),
                set.id,
                id => work.chooseSet(id),
              )
            : nothing
        }
        ${
          batch > 1
            ? choice("Batch", numbers(batch), String(place.batch), text =>
                work.goTo({ batch: Number(text) }),
              )
            : nothing
        }
        ${choice("Layer", numbers(layer), String(place.layer), text =>
          work.goTo({ layer: Number(text) }),
        )}
        ${choice("Head", numbers(head), String(place.head), text =>
          work.goTo({ head: Number(text) }),
        )}
        ${
          hasOverview(set)
            ? choice("Compare with", others(layer, head), placeValue(attention.otherPlace), value =>
                work.compareWith(placeOf(value, place.batch)),
              )
            : nothing
        }
        ${
          namingOptions.length > 1
            ? choice("Names", namingOptions, naming, value =>
                work.show({ naming: value as Naming }),
              )
            : nothing
        }
        ${choice("Colours", scales, scale, value => work.show({ scale: value as ScaleKind }))}
        ${choice("Pooling", poolings, pooling, value => work.show({ pooling: value as Pooling }))}
      </div>
      ${reading ? this.readingLine(reading) : nothing}
    `;
  }

  private readingLine({ reading, guess, fill, looked }: AttentionReading) {
    const { overrides } = this.app.attention;
    const work = this.session.attention;
    const isGuess = (kind: string) => (kind === guess.kind ? " (as guessed)" : "");
    return html`
      <div class="line" role="group" aria-label="How the maps are read">
        ${choice(
          "Kind",
          kinds.map(({ value, text }) => ({ value, text: text + isGuess(value) })),
          reading.kind,
          value => work.chooseReading({ kind: value as MapKind["kind"] }),
          `Told by the sums of ${looked === 1 ? "one map" : `${count(looked)} maps`}`,
        )}
        ${choice(
          "Keys",
          [
            { value: "across", text: `along the rows${guess.turned ? "" : " (as guessed)"}` },
            { value: "down", text: `down the columns${guess.turned ? " (as guessed)" : ""}` },
          ],
          reading.turned ? "down" : "across",
          value => work.chooseReading({ turned: value === "down" }),
          "The axis along which weights add up to 1; each query is drawn as a row",
        )}
        ${
          fill === null
            ? nothing
            : check(
                `${fillText(fill)} is a mask`,
                reading.maskBelow !== null,
                masks => work.chooseReading({ masks }),
                "Scores at about this number, far below all others, count as −∞",
              )
        }
        ${
          reading.kind === "logits"
            ? html`<label
                title="Multiplies raw scores by 1/√d; empty for scores that are scaled already"
              >
                Scale 1/√d, d =
                <input
                  type="number"
                  min="1"
                  placeholder="none"
                  aria-label="Scale by 1/√d"
                  .value=${live(String(reading.scaleBy ?? ""))}
                  @change=${(event: Event) => work.chooseReading({ scaleBy: scaleOf(event) })}
                />
              </label>`
            : nothing
        }
        ${check(
          "Causal mask",
          reading.causal,
          causal => work.chooseReading({ causal }),
          "Hides the keys behind each query's own place; the last query stands at the last key",
        )}
        ${
          Object.keys(overrides).length > 0
            ? html`<vscode-button appearance="secondary" @click=${() => work.backToGuess()}
                >Back to the guess</vscode-button
              >`
            : nothing
        }
      </div>
    `;
  }
}

function scaleOf(event: Event): number | null {
  const d = (event.target as HTMLInputElement).valueAsNumber;
  return d > 0 ? d : null;
}

/** `live`: a choice that is refused goes back to what holds. */
function choice(
  label: string,
  options: readonly Option[],
  chosen: string,
  onChoose: (value: string) => void,
  title = "",
): TemplateResult {
  return html`<label title=${title}>
    ${label}
    <select
      aria-label=${label}
      @change=${(event: Event) => onChoose((event.target as HTMLSelectElement).value)}
    >
      ${options.map(
        ({ value, text }) =>
          html`<option value=${value} .selected=${live(value === chosen)}>${text}</option>`,
      )}
    </select>
  </label>`;
}

function check(
  text: string,
  checked: boolean,
  onChange: (checked: boolean) => void,
  title: string,
): TemplateResult {
  return html`<label title=${title}>
    <input
      type="checkbox"
      .checked=${live(checked)}
      @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
    />
    ${text}
  </label>`;
}
