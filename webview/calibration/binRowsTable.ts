import { html, type TemplateResult } from "lit";
import { sampledRow } from "../../src/core";
import { classText, count } from "../format";
import { dataTable } from "../parts/dataTable";
import type { Session } from "../session";
import { rowsOfBin } from "./binRows";
import type { Reading } from "./desk";
import { binText } from "./pictures/reliability";

/** The rows of a bin, worst first, each with a way to it. */
export function binRowsTable(session: Session, reading: Reading, bin: number): TemplateResult {
  const { info, desk } = session.state;
  const { metrics, sample } = reading;
  const measures = reading.rows();
  const { rows, total } = rowsOfBin(measures, bin, metrics.bins.length, metrics.convention);
  const name = (k: number) => classText(info?.classNames ?? null, k);
  const label = (row: number) => {
    if (measures.correct[row]) return name(measures.argMax[row]);
    // A profile of a sample doesn't know the labels of all rows.
    const labels = desk.profile?.rows === sample.count ? desk.profile.label : null;
    return labels ? name(labels[row]) : "another";
  };
  const open = (row: number) => {
    session.showTab("Distribution");
    return session.goTo(sampledRow(sample, row));
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
          sampledRow(sample, row),
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
