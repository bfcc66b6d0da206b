import { html, nothing, type TemplateResult } from "lit";
import type { MetricLine } from "./metricLines";

/** Metrics by temperature, under a caption that is the table's accessible name. */
export function metricsTable(
  caption: string,
  columns: readonly string[],
  lines: readonly MetricLine[],
): TemplateResult {
  return html`
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Metric</th>
          ${columns.map(name => html`<th scope="col" class="number">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          ({ name, hint, isBeside, cells }) => html`
            <tr title=${hint} class=${isBeside ? "beside" : nothing}>
              <th scope="row">${name}</th>
              ${cells.map(
                ({ value, text }) =>
                  html`<td class="number" data-value=${value === null ? "" : String(value)}>
                    ${text}
                  </td>`,
              )}
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}
