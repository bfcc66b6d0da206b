import { css, html, nothing } from "lit";
import { customElement, query } from "lit/decorators.js";
import type { AttentionHead, AttentionPlace } from "../../src/protocol/attention";
import { temperatureText } from "../format";
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
import "./mapLegend";
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
      attention-heads {
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
            <vscode-button
              appearance="secondary"
              title="Save what is in sight as PNG"
              @click=${() => this.savePng(name, T)}
              >Save PNG</vscode-button
            >
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

  private async savePng(name: string, T: string): Promise<void> {
    const file = this.app.info?.file ?? "";
    const bytes = await this.canvas?.png(`${file}: ${name}, T = ${T}`);
    if (bytes) await this.session.save(`${file}-attention-T${T}.png`, bytes);
  }
}
