import { html, type TemplateResult } from "lit";
import { figureCell } from "../parts/figureCell";
import { classText, temperatureText } from "../format";
import type { RowModel, Series } from "../../src/core";

/** The numbers under the picture: one line a class, one more column a pinned temperature. */
export function topTable(
  model: RowModel,
  series: readonly Series[],
  names: readonly string[] | null,
): TemplateResult {
  const pinned = series.slice(1);
  return html`
    <table>
      <caption>
        Top classes
      </caption>
      <thead>
        <tr>
          <th scope="col" class="number">Rank</th>
          <th scope="col">Class</th>
          <th scope="col" class="number">Logit</th>
          <th scope="col" class="number">Probability</th>
          ${pinned.map(s => html`<th scope="col" class="number">${pinnedHeading(s)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${model.classes.map(
          (k, i) => html`
            <tr class=${k === model.row.label ? "label" : ""}>
              <td class="number" data-value=${model.ranks[i]}>${model.ranks[i]}</td>
              <td data-value=${k}>
                ${classText(names, k)}${k === model.row.label ? html` <b>✓ label</b>` : ""}
              </td>
              ${figureCell(model.row.logits[k])} ${series.map(s => figureCell(s.probabilities[i]))}
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

/** The same lines at full precision, for the clipboard. */
export function topRows(
  model: RowModel,
  series: readonly Series[],
  names: readonly string[] | null,
): (string | number)[][] {
  const [present, ...pinned] = series;
  const first = `Probability at T=${temperatureText(present.temperature)}`;
  return [
    ["Rank", "Class", "Logit", first, ...pinned.map(pinnedHeading)],
    ...model.classes.map((k, i) => [
      model.ranks[i],
      classText(names, k),
      model.row.logits[k],
      ...series.map(s => s.probabilities[i]),
    ]),
  ];
}

function pinnedHeading({ temperature }: Series): string {
  return `p at T=${temperatureText(temperature)}`;
}
