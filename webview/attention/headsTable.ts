import { html, nothing, type TemplateResult } from "lit";
import { count } from "../format";
import { figureCell } from "../parts/figureCell";
import { measureTexts, sortHeads, type HeadLine, type HeadOrder } from "./headLines";

/** Heads that the table lists: more would be felt while the slider moves. */
const listed = 256;

/** What a person can do with the table. */
export interface HeadActions {
  sort(order: HeadOrder): void;
  open(line: HeadLine): void;
}

/** The heads by their numbers; a click on a column's name sorts by it, again the other way. */
export function headsTable(
  lines: readonly HeadLine[],
  order: HeadOrder,
  { sort, open }: HeadActions,
): TemplateResult {
  const heading = (column: number, name: string, hint: string) => {
    const isSorted = order.column === column;
    const next = { column, descending: isSorted ? !order.descending : column >= 0 };
    const direction = order.descending ? "descending" : "ascending";
    return html`<th scope="col" class="number" aria-sort=${isSorted ? direction : nothing}>
      <button class="link" title=${hint} @click=${() => sort(next)}>${name}</button>
      <span aria-hidden="true">${isSorted ? (order.descending ? "▾" : "▴") : ""}</span>
    </th>`;
  };
  return html`
    <table>
      <caption>
        Heads
      </caption>
      <thead>
        <tr>
          ${heading(-1, "Layer", "In the order of the layers")}
          <th scope="col" class="number">Head</th>
          ${measureTexts.map(({ name, hint }, m) => heading(m, name, `${hint}: sort by it`))}
        </tr>
      </thead>
      <tbody>
        ${sortHeads(lines, order)
          .slice(0, listed)
          .map(
            line => html`
              <tr>
                <td class="number" data-value=${line.layer}>${line.layer}</td>
                <td class="number" data-value=${line.head}>
                  <button
                    class="link"
                    title="Show this head"
                    aria-label="Layer ${line.layer}, head ${line.head}"
                    @click=${() => open(line)}
                  >
                    ${line.head}
                  </button>
                </td>
                ${line.values.map(value => figureCell(value))}
              </tr>
            `,
          )}
      </tbody>
    </table>
    ${
      lines.length > listed
        ? html`<p class="muted">
            The first ${listed} of ${count(lines.length)} heads; sort to see others.
          </p>`
        : nothing
    }
  `;
}
