import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import type { AttentionHeads } from "../../src/protocol/attention";
import "../calibration/pictureFrame";
import { count, temperatureText } from "../format";
import { latest } from "../latest";
import { dataTable } from "../parts/dataTable";
import { jobLine } from "../parts/jobLine";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";
import { isDark, onThemeChange } from "../theme";
import "./attentionChoices";
import { hasOverview, type AttentionDesk, type Shown } from "./attentionDesk";
import "./attentionHeads";
import "./attentionMap";
import "./attentionRow";
import { colorScale, type ColorScale } from "./colorScale";
import { comparisonSentence, comparisonTable } from "./comparison";
import { linesMaker } from "./headLines";
import { placeNames } from "./placeNames";
import { sharpnessPicture } from "./sharpness";
import { weightsMaker } from "./weightsAt";

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
        gap: 24px 32px;
        margin-top: 14px;
      }
      .stack {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        gap: 24px;
      }
      .problem,
      .alike {
        margin-top: 8px;
      }
      @media (min-width: 900px) {
        .page {
          grid-template-columns: minmax(0, 1fr) minmax(320px, 400px);
          grid-template-rows: auto 1fr;
        }
        attention-row {
          grid-row: 1 / span 2;
          grid-column: 2;
        }
        .wide {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  private readonly weightsOf = weightsMaker();
  private readonly otherWeightsOf = weightsMaker();
  private readonly linesAt = linesMaker();
  private readonly sharpnessOf = latest(sharpnessPicture);
  private readonly alikeOf = latest(comparisonSentence);
  private readonly scaleOf = latest(colorScale);
  private readonly queriesOf = latest(placeNames);
  private readonly keysOf = latest(placeNames);
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
          ? this.page(attention, shown)
          : html`<p class="muted" role="status">Reading the map…</p>`
      }
    `;
  }

  private page(desk: AttentionDesk, shown: Shown) {
    const { map } = shown.head;
    const { naming, reading, other, heads } = desk;
    const weights = this.weightsOf(shown.head, this.app.temperature);
    const scale = this.scaleOf(desk.scale, isDark());
    const queries = this.queriesOf(naming, reading?.queryTokens ?? null, map.queries);
    const keys = this.keysOf(naming, reading?.keyTokens ?? null, map.keys);
    const { session } = this;
    return html`
      <div class="page">
        <div class="stack">
          <attention-map
            .session=${session}
            .place=${shown.place}
            .weights=${weights}
            .scale=${scale}
            .queries=${queries}
            .keys=${keys}
          ></attention-map>
          ${other ? this.comparison(shown, other, scale, queries, keys) : nothing}
        </div>
        <attention-row
          .session=${session}
          .weights=${weights}
          .queries=${queries}
          .keys=${keys}
        ></attention-row>
        ${this.sharpness(desk, shown)}
        ${heads ? this.heads(desk, heads, scale) : this.tooMany(desk)}
      </div>
    `;
  }

  /** A second head under the first, and how alike the two are. */
  private comparison(
    shown: Shown,
    other: Shown,
    scale: ColorScale,
    queries: readonly string[],
    keys: readonly string[],
  ) {
    const { attention, temperature, settings } = this.app;
    const { lines } = this.linesAt(attention, temperature, settings.entropyUnit);
    return html`
      <attention-map
        .session=${this.session}
        .place=${other.place}
        .weights=${this.otherWeightsOf(other.head, temperature)}
        .scale=${scale}
        .queries=${queries}
        .keys=${keys}
      ></attention-map>
      <div>
        ${dataTable(comparisonTable(lines, [shown.place, other.place]))}
        <p class="alike muted">${this.alikeOf(shown.head.map, other.head.map, temperature)}</p>
      </div>
    `;
  }

  private sharpness({ curves, keys, set, other }: AttentionDesk, { place }: Shown) {
    if (!curves || !set) return nothing;
    const { temperature } = this.app;
    const { head: heads } = set.sizes;
    const picture = this.sharpnessOf(curves, keys, heads, place, other?.place ?? null);
    const marks = [{ x: temperature, text: `T = ${temperatureText(temperature)}`, series: 3 }];
    return html`<picture-frame
      .session=${this.session}
      .picture=${{ ...picture, marks }}
    ></picture-frame>`;
  }

  private tooMany({ set }: AttentionDesk) {
    if (!set || hasOverview(set)) return nothing;
    const all = count(set.sizes.layer * set.sizes.head);
    return html`<p class="wide muted">${all} heads are too many to be shown together.</p>`;
  }

  private heads(desk: AttentionDesk, heads: AttentionHeads, scale: ColorScale) {
    const { temperature, settings } = this.app;
    return html`<attention-heads
      class="wide"
      .session=${this.session}
      .heads=${heads}
      .found=${this.linesAt(desk, temperature, settings.entropyUnit)}
      .scale=${scale}
    ></attention-heads>`;
  }
}
