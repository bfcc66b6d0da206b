import type { Comparison } from "./comparison";
import { median, type Result } from "./rounds";

const heads = ["work", "contestant", "median", "spread (min–max)", "ratio to ours", "note"];

/** Columns whose cells are numbers. */
const numeric: ReadonlySet<number> = new Set([2, 3, 4]);

/** The lines of one comparison; what the work is stands in the first. */
export function cells({ title, unit = "ms" }: Comparison, results: readonly Result[]): string[][] {
  return results.map(({ contestant, costs, ratio, note }, i) => {
    const work = i === 0 ? title : "";
    if (costs.length === 0) return [work, contestant, "", "", "", note];
    const spread = `${digits(Math.min(...costs))}–${digits(Math.max(...costs))}`;
    const times = Number.isNaN(ratio) ? "" : `${digits(ratio)} ×`;
    return [work, contestant, `${digits(median(costs))} ${unit}`, spread, times, note];
  });
}

/** One table in Markdown, its columns aligned. */
export function markdown(rows: readonly string[][]): string {
  const widths = heads.map((head, c) => Math.max(head.length, ...rows.map(row => row[c].length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, c) => pad(cell, widths[c], numeric.has(c))).join(" | ")} |`;
  const rule = widths.map((width, c) =>
    numeric.has(c) ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
  );
  return [line(heads), line(rule), ...rows.map(line)].join("\n");
}

function pad(cell: string, width: number, right: boolean): string {
  return right ? cell.padStart(width) : cell.padEnd(width);
}

/** Three significant digits, and thousands apart. */
function digits(value: number): string {
  return value >= 100
    ? Math.round(value).toLocaleString("en")
    : value.toLocaleString("en", { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
}
