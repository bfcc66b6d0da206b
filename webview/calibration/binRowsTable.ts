import { html, type TemplateResult } from "lit";
import { sampledRow } from "../../src/core";
import { classText, count } from "../format";
import { dataTable } from "../parts/dataTable";
import type { Session } from "../session";
import type { Reading } from "./desk";
import { binText } from "./pictures/reliability";

/** The rows of a bin, worst first, each with a way to it. */
export function binRowsTable(session: Session, reading: Reading, bin: number): TemplateResult {
  const { info } = session.state;
  const { metrics, sample } = reading;
  const { worst, total } = reading.worst()[bin];
  const name = (k: number) => classText(info?.classNames ?? null, k);
  const open = (row: number) => {
    session.showTab("Distribution");
    return session.goTo(sampledRow(sample, row));
  };
  const shown =
    total > worst.length ? `the ${worst.length} worst of ${count(total)}` : "worst first";
  const binName = binText(metrics.bins[bin], metrics.convention);
  return html`
    <p class="muted" role="status">
      Bin ${binName}: ${total === 0 ? "no row" : `${count(total)} rows, ${shown}`}.
    </p>
    ${dataTable(
      {
        caption: "Rows in bin",
        columns: ["Row", "Confidence", "Predicted", "Label"],
        rows: worst.map(({ row, confidence, argMax, label }) => [
          sampledRow(sample, row),
          confidence,
          name(argMax),
          `${label === argMax ? "✓" : "✗"} ${name(label)}`,
        ]),
      },
      (r, text) => html`
        <button class="link" title="Show this row" @click=${() => open(worst[r].row)}>
          ${text}
        </button>
      `,
    )}
  `;
}
