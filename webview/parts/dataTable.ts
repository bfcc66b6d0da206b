import { html, nothing, type TemplateResult } from "lit";
import { count } from "../format";
import { figureCell } from "./figureCell";

/** A table as data, so that what is shown and what is copied are the same. */
export interface DataTable {
  /** Its accessible name. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** The lines of a table at full precision, for the clipboard. */
export function tableRows({ columns, rows }: DataTable): (string | number)[][] {
  return [[...columns], ...rows.map(row => [...row])];
}

/**
 * A table of figures.
 * @param first what the first cell of a row shows in place of its text, a button for example
 */
export function dataTable(
  { caption, columns, rows }: DataTable,
  first?: (row: number, text: string) => TemplateResult,
): TemplateResult {
  const numeric = columns.map((_, c) => rows.length > 0 && typeof rows[0][c] === "number");
  const whole = columns.map((_, c) => rows.every(row => Number.isInteger(row[c])));
  return html`
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(
            (name, c) =>
              html`<th scope="col" class=${numeric[c] ? "number" : nothing}>${name}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, ...cells], r) => html`
            <tr>
              <th scope="row" class=${numeric[0] ? "number" : nothing} data-value=${name}>
                ${first ? first(r, String(name)) : name}
              </th>
              ${cells.map((cell, c) => cellOf(cell, whole[c + 1]))}
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

function cellOf(cell: string | number, isWhole: boolean): TemplateResult {
  if (typeof cell === "string") return html`<td>${cell}</td>`;
  if (!isWhole && !Number.isNaN(cell)) return figureCell(cell);
  const text = isWhole ? count(cell) : "–"; // NaN: there is nothing to say a figure of
  return html`<td class="number" data-value=${String(cell)}>${text}</td>`;
}
