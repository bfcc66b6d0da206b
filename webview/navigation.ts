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

/** What rows can stand out by. */
export type Order = "most certain" | "least certain" | "largest loss";

/** All rows that have what is asked for, the foremost first, equal ones by rising index. */
export function inOrder({ confidence, nll }: Scan, order: Order): Int32Array {
  const value = order === "largest loss" ? nll : confidence;
  const sign = order === "least certain" ? 1 : -1;
  const usable = Int32Array.from(value.keys()).filter(i => !Number.isNaN(value[i]));
  return usable.sort((a, b) => sign * (value[a] === value[b] ? 0 : value[a] - value[b]) || a - b);
}
