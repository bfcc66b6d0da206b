import { css, html, nothing } from "lit";
import { customElement, query } from "lit/decorators.js";
import type { AttentionHead, AttentionPlace } from "../../src/protocol/attention";
import "../calibration/pictureFrame";
import { count, temperatureText } from "../format";
import { latest } from "../latest";
import { jobLine } from "../parts/jobLine";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";
import { isDark, onThemeChange } from "../theme";
import "./attentionCanvas";
import type { AttentionCanvas } from "./attentionCanvas";
import "./attentionChoices";
import type { AttentionDesk } from "./attentionDesk";
import "./attentionHeads";
import "./attentionRow";
import { colorScale } from "./colorScale";
import { csvCells, mapCsv } from "./mapCsv";
import "./mapLegend";
import type { Weights } from "./paint";
import { sharpnessPicture } from "./sharpness";
import { weightsMaker } from "./weightsAt";
import { mapName, namesOf } from "./words";

/** Where a head looks, at the present temperature: the map first, the chosen query beside it. */
@customElement("attention-view")
export class AttentionView extends SessionElement {
  static override styles = [
    shared,
    css`
      :host {
        margin-top: 14px;
      }
      .page {
        display: grid;
        grid-template-columns: minmax(0, 1fr); /* so that a canvas can shrink with the page */
        gap: 20px 32px;
        margin-top: 14px;
      }
      attention-heads,
      picture-frame {
        margin-top: 24px;
      }
      .head {
        margin-bottom: 8px;
      }
      h2 {
        flex: 1 1 auto;
      }
      .problem {
        margin-top: 8px;
      }
      @media (min-width: 900px) {
        .page {
          grid-template-columns: minmax(0, 1fr) minmax(320px, 400px);
        }
      }
    `,
  ];

  @query("attention-canvas") private canvas!: AttentionCanvas | null;
  private readonly weightsOf = weightsMaker();
  private readonly sharpnessOf = latest(sharpnessPicture);
  private readonly scaleOf = latest(colorScale);
  private readonly namesOf = {
    queries: latest(namesOf),
    keys: latest(namesOf),
  };

  private endThemes: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.endThemes = onThemeChange(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    this.endThemes?.();
    super.disconnectedCallback();
  }

  protected override render() {
    const { attention, job } = this.app;
    const { reading, shown } = attention;
    return html`
      <attention-choices .session=${this.session}></attention-choices>
      ${reading?.problems.map(text => html`<p class="problem" role="alert">${text}</p>`)}
      ${jobLine(job)}
      ${
        shown
          ? this.page(attention, shown.place, shown.head)
          : html`<p class="muted" role="status">Reading the map…</p>`
      }
    `;
  }

  private page(desk: AttentionDesk, place: AttentionPlace, head: AttentionHead) {
    const { temperature } = this.app;
    const { map } = head;
    const weights = this.weightsOf(head, temperature);
    const scale = this.scaleOf(desk.scale, isDark());
    const tokensFor = (tokens: readonly string[] | null | undefined, length: number) =>
      tokens?.length === length ? tokens : null;
    const { reading, query } = desk;
    const queries = this.namesOf.queries(tokensFor(reading?.queryTokens, map.queries), map.queries);
    const keys = this.namesOf.keys(tokensFor(reading?.keyTokens, map.keys), map.keys);
    const name = mapName(place, map);
    const T = temperatureText(temperature);
    return html`
      <div class="page">
        <div>
          <div class="line head">
            <h2>Layer ${place.layer}, head ${place.head} at T = ${T}</h2>
            ${this.exports(weights, place, queries, keys)}
          </div>
          <attention-canvas
            .weights=${weights}
            .scale=${scale}
            .pooling=${desk.pooling}
            .queries=${queries}
            .keys=${keys}
            .query=${query}
            .label=${name}
            @spoken=${(event: CustomEvent<string>) => this.session.announce(event.detail)}
            @pick=${(event: CustomEvent<number>) =>
              this.session.attention.show({ query: event.detail })}
          ></attention-canvas>
          <map-legend .scale=${scale} .map=${map}></map-legend>
          ${
            desk.curves && desk.set
              ? html`<picture-frame
                  .session=${this.session}
                  .picture=${{
                    ...this.sharpnessOf(desk.curves, desk.keys, desk.set.sizes.head, place, null),
                    marks: [{ x: temperature, text: `T = ${T}`, series: 3 }],
                  }}
                ></picture-frame>`
              : nothing
          }
        </div>
        <attention-row
          .session=${this.session}
          .weights=${weights}
          .queries=${queries}
          .keys=${keys}
        ></attention-row>
      </div>
      ${
        desk.heads
          ? html`<attention-heads
              .session=${this.session}
              .heads=${desk.heads}
              .scale=${scale}
            ></attention-heads>`
          : nothing
      }
    `;
  }

  private exports(
    weights: Weights,
    place: AttentionPlace,
    queries: readonly string[],
    keys: readonly string[],
  ) {
    const { file = "" } = this.app.info ?? {};
    const T = temperatureText(weights.temperature);
    const title = `${file}: ${mapName(place, weights.map)}, T = ${T}`;
    const stem = `${file}-layer${place.layer}-head${place.head}-T${T}`;
    const { session } = this;
    const button = (text: string, hint: string, act: () => unknown) => html`
      <vscode-button appearance="secondary" title=${hint} @click=${act}>${text}</vscode-button>
    `;
    const savePng = async () => {
      const bytes = await this.canvas?.png(title);
      if (bytes) await session.save(`${stem}.png`, bytes);
    };
    const saveSvg = () => this.canvas && session.save(`${stem}.svg`, this.canvas.svg(title));
    const saveCsv = () =>
      weights.map.gap.length > csvCells
        ? session.tell({
            level: "problem",
            text: `This map has more than ${count(csvCells)} weights, too many for CSV; copy it as NumPy.`,
          })
        : session.save(`${stem}.csv`, mapCsv(weights, queries, keys));
    return html`
      ${button("Copy as NumPy", "Copy a program that computes this map", () => session.attention.copy(place))}
      ${button("PNG", "Save what is in sight as PNG", savePng)}
      ${button("SVG", "Save what is in sight as SVG", saveSvg)}
      ${button("CSV", "Save all weights of this map as CSV", saveCsv)}
    `;
  }
}
