import { css, html } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { AttentionPlace } from "../../src/protocol/attention";
import { count, temperatureText } from "../format";
import { SessionElement } from "../parts/sessionElement";
import { shared } from "../parts/styles";
import "./attentionCanvas";
import type { AttentionCanvas } from "./attentionCanvas";
import type { ColorScale } from "./colorScale";
import { csvCells, mapCsv } from "./mapCsv";
import "./mapLegend";
import type { Weights } from "./paint";
import { mapName } from "./words";

/** One head's map in its frame: heading, ways to take it away, picture, legend. */
@customElement("attention-map")
export class AttentionMapView extends SessionElement {
  static override styles = [
    shared,
    css`
      .head {
        margin-bottom: 8px;
      }
      h2 {
        flex: 1 1 auto;
      }
    `,
  ];

  @property({ attribute: false }) place!: AttentionPlace;
  @property({ attribute: false }) weights!: Weights;
  @property({ attribute: false }) scale!: ColorScale;
  @property({ attribute: false }) queries!: readonly string[];
  @property({ attribute: false }) keys!: readonly string[];
  @query("attention-canvas") private canvas!: AttentionCanvas;

  protected override render() {
    const { place, weights, scale, session } = this;
    const { pooling, query } = this.app.attention;
    const T = temperatureText(weights.temperature);
    return html`
      <div class="line head">
        <h2>Layer ${place.layer}, head ${place.head} at T = ${T}</h2>
        ${this.exports(T)}
      </div>
      <attention-canvas
        .weights=${weights}
        .scale=${scale}
        .pooling=${pooling}
        .queries=${this.queries}
        .keys=${this.keys}
        .query=${query}
        .label=${mapName(place, weights.map)}
        @spoken=${(event: CustomEvent<string>) => session.announce(event.detail)}
        @pick=${(event: CustomEvent<number>) => session.attention.show({ query: event.detail })}
      ></attention-canvas>
      <map-legend .scale=${scale} .map=${weights.map}></map-legend>
    `;
  }

  private exports(T: string) {
    const { session, place, weights, canvas } = this;
    const file = this.app.info?.file ?? "";
    const title = `${file}: ${mapName(place, weights.map)}, T = ${T}`;
    const stem = `${file}-layer${place.layer}-head${place.head}-T${T}`;
    const button = (text: string, hint: string, act: () => unknown) => html`
      <vscode-button appearance="secondary" title=${hint} @click=${act}>${text}</vscode-button>
    `;
    const copy = () => session.attention.copy(place);
    const png = async () => session.save(`${stem}.png`, await canvas.png(title));
    const svg = () => session.save(`${stem}.svg`, canvas.svg(title));
    return html`
      ${button("Copy as NumPy", "Copy a program that computes this map", copy)}
      ${button("PNG", "Save what is in sight as PNG", png)}
      ${button("SVG", "Save what is in sight as SVG", svg)}
      ${button("CSV", "Save all weights of this map as CSV", () => this.saveCsv(`${stem}.csv`))}
    `;
  }

  private saveCsv(name: string): void {
    const { session, weights, queries, keys } = this;
    if (weights.map.gap.length <= csvCells) {
      void session.save(name, mapCsv(weights, queries, keys));
      return;
    }
    const text = `This map has more than ${count(csvCells)} weights, too many for CSV; copy it as NumPy.`;
    session.tell({ level: "problem", text });
  }
}
