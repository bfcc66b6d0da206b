import { html, type TemplateResult } from "lit";
import { rangeAt, type PartialModel, type PartialSeries } from "../../src/core";
import { figureRange, temperatureText } from "../format";
import { figureCell } from "../parts/figureCell";
import { tokenText } from "./partialWords";

/** The numbers under the picture: a line a listed token, and one for all others. */
export function partialTable(
  model: PartialModel,
  series: readonly PartialSeries[],
  names: readonly string[],
): TemplateResult {
  const { shown, sampled, logprobs } = model;
  return html`
    <table>
      <caption>
        Top tokens
      </caption>
      <thead>
        <tr>
          <th scope="col" class="number">Rank</th>
          <th scope="col">Token</th>
          <th scope="col" class="number">ln p at T = 1</th>
          ${series.map(s => html`<th scope="col" class="number">${heading(s)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          (k, at) => html`
            <tr class=${k === sampled ? "label" : ""}>
              <td class="number" data-value=${k + 1}>${rankText(model, k)}</td>
              <td data-value=${names[k]}>
                ${tokenText(names[k])}${k === sampled ? html` <b>✓ sampled</b>` : ""}
              </td>
              ${figureCell(logprobs[k])} ${series.map(s => rangeCell(s, at))}
            </tr>
          `,
        )}
        <tr>
          <td></td>
          <td>all other tokens</td>
          <td></td>
          ${series.map(s => rangeCell(s, shown.length))}
        </tr>
      </tbody>
    </table>
  `;
}

/** The same lines at full precision, for the clipboard. */
export function partialRows(
  model: PartialModel,
  series: readonly PartialSeries[],
  names: readonly string[],
): (string | number)[][] {
  const { shown, logprobs } = model;
  const cells = (at: number) => series.flatMap(s => [s.probabilities[at], s.highs[at]]);
  return [
    [
      "Rank",
      "Token",
      "ln p at T=1",
      ...series.flatMap(s => [`${heading(s)} at least`, `${heading(s)} at most`]),
    ],
    ...shown.map((k, at) => [rankText(model, k), names[k], logprobs[k], ...cells(at)]),
    ["", "all other tokens", "", ...cells(shown.length)],
  ];
}

/** A sampled token at the end may have been added to the list: tokens between are not listed then. */
function rankText({ sampled, logprobs }: PartialModel, k: number): string {
  return k === sampled && k === logprobs.length - 1 ? `≥ ${k + 1}` : String(k + 1);
}

function rangeCell(series: PartialSeries, at: number): TemplateResult {
  const { low, high } = rangeAt(series, at);
  return html`<td class="number" data-low=${String(low)} data-high=${String(high)}>
    ${figureRange(low, high)}
  </td>`;
}

function heading({ temperature }: PartialSeries): string {
  return `p at T=${temperatureText(temperature)}`;
}
