import type { Scan } from "../src/protocol/dumpInfo";

/**
 * The next row after `from` whose arg max misses its label, going on at the first row after the
 * last; null when there is none. Rows without a label and rows that are left out don't count.
 */
export function nextMiss({ argMax, labels }: Scan, from: number): number | null {
  const rows = labels.length;
  for (let step = 1; step <= rows; step++) {
    const row = (from + step) % rows;
    if (labels[row] >= 0 && argMax[row] >= 0 && argMax[row] !== labels[row]) return row;
  }
  return null;
}

export type Certainty = "most" | "least";

/** All rows that aren't left out, the most (or least) certain first, equal ones by rising index. */
export function byCertainty({ confidence }: Scan, which: Certainty): Int32Array {
  const usable = Int32Array.from(confidence.keys()).filter(i => !Number.isNaN(confidence[i]));
  const sign = which === "most" ? -1 : 1;
  return usable.sort((a, b) => sign * (confidence[a] - confidence[b]) || a - b);
}
