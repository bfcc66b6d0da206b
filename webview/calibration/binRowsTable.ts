import { html, type TemplateResult } from "lit";
import { classText, count } from "../format";
import { dataTable } from "../parts/dataTable";
import type { Session } from "../session";
import { rowsOfBin } from "./binRows";
import type { Reading } from "./desk";
import { binText } from "./pictures/reliability";

/** The rows of a bin, worst first, each with a way to it. */
export function binRowsTable(session: Session, reading: Reading, bin: number): TemplateResult {
  const { info, desk } = session.state;
  const { metrics } = reading;
  const measures = reading.rows();
  const { rows, total } = rowsOfBin(measures, bin, metrics.bins.length, metrics.convention);
  const name = (k: number) => classText(info?.classNames ?? null, k);
  const label = (row: number) => {
    if (measures.correct[row]) return name(measures.argMax[row]);
    return desk.profile ? name(desk.profile.label[row]) : "another";
  };
  const open = (row: number) => {
    session.showTab("Distribution");
    return session.goTo(row);
  };
  const shown = total > rows.length ? `the ${rows.length} worst of ${count(total)}` : "worst first";
  const binName = binText(metrics.bins[bin], metrics.convention);
  return html`
    <p class="muted" role="status">
      Bin ${binName}: ${total === 0 ? "no row" : `${count(total)} rows, ${shown}`}.
    </p>
    ${dataTable(
      {
        caption: "Rows in bin",
        columns: ["Row", "Confidence", "Predicted", "Label"],
        rows: rows.map(row => [
          row,
          measures.confidence[row],
          name(measures.argMax[row]),
          `${measures.correct[row] ? "✓" : "✗"} ${label(row)}`,
        ]),
      },
      (r, text) => html`
        <button class="link" title="Show this row" @click=${() => open(rows[r])}>${text}</button>
      `,
    )}
  `;
}
