import { html, type TemplateResult } from "lit";
import type { SummaryLine } from "../distribution/summary";

/** A table of names and values, under a caption that is its accessible name. */
export function summaryTable(caption: string, lines: readonly SummaryLine[]): TemplateResult {
  return html`
    <table>
      <caption>
        ${caption}
      </caption>
      <tbody>
        ${lines.map(
          ({ name, value, text, hint }) => html`
            <tr title=${hint ?? ""}>
              <th scope="row">${name}</th>
              <td class="number" data-value=${String(value)}>${text}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}
