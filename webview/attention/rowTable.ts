import { html, type TemplateResult } from "lit";
import { oddsOf, type Distribution } from "../../src/core";
import { temperatureText } from "../format";
import { figureCell } from "../parts/figureCell";

/** The keys of a query, heaviest first. */
export function rowTable(
  scores: Float64Array,
  top: Int32Array,
  keys: readonly string[],
  distribution: Distribution,
): TemplateResult {
  return html`
    <table>
      <caption>
        Attention row
      </caption>
      <thead>
        <tr>
          <th scope="col" class="number">Rank</th>
          <th scope="col">Key</th>
          <th scope="col" class="number">Score</th>
          <th scope="col" class="number">Weight</th>
        </tr>
      </thead>
      <tbody>
        ${[...top].map(
          (key, i) => html`
            <tr>
              <td class="number" data-value=${i + 1}>${i + 1}</td>
              <td data-value=${key}>${keys[key]}</td>
              ${figureCell(scores[key])} ${figureCell(weightOf(scores, key, distribution))}
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

/** The same lines at full precision, for the clipboard. */
export function keyRows(
  scores: Float64Array,
  top: Int32Array,
  keys: readonly string[],
  distribution: Distribution,
): (string | number)[][] {
  return [
    ["Rank", "Key", "Score", `Weight at T=${temperatureText(distribution.temperature)}`],
    ...[...top].map((key, i) => [
      i + 1,
      keys[key],
      scores[key],
      weightOf(scores, key, distribution),
    ]),
  ];
}

function weightOf(
  scores: Float64Array,
  key: number,
  { argMax, maxProbability, temperature }: Distribution,
): number {
  return maxProbability / oddsOf(scores, argMax, key, temperature).odds;
}
