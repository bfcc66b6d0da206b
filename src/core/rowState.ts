/** Whether a row of scores has a distribution; if not, it is left out and counted. */
export type RowState = "usable" | "hasNaN" | "hasPosInf" | "allMasked" | "empty";

/** The states in the order of their codes: `rowStates[code]` is what a scan wrote as `code`. */
export const rowStates: readonly RowState[] = [
  "usable",
  "hasNaN",
  "hasPosInf",
  "allMasked",
  "empty",
];

/** Why a row in such a state has no distribution, in a sentence. */
export const unusableReasons: Readonly<Record<Exclude<RowState, "usable">, string>> = {
  hasNaN: "This row holds NaN, so it has no distribution.",
  hasPosInf: "This row holds +∞, so it has no distribution.",
  allMasked: "Every class of this row is masked (−∞), so it has no distribution.",
  empty: "This row has no classes, so it has no distribution.",
};

/**
 * The state of the scores from `start` up to `end`. NaN outweighs +∞; −∞ is a mask, and only a
 * row that is masked throughout is unusable.
 */
export function rowState(row: ArrayLike<number>, start = 0, end = row.length): RowState {
  if (start >= end) return "empty";
  let max = -Infinity;
  for (let i = start; i < end; i++) {
    const v = row[i];
    if (v > max) max = v;
    else if (v !== v) return "hasNaN";
  }
  if (max === Infinity) return "hasPosInf";
  return max === -Infinity ? "allMasked" : "usable";
}

/** @throws RangeError that says in a sentence why the row has no distribution */
export function requireUsable(row: ArrayLike<number>): void {
  const state = rowState(row);
  if (state !== "usable") throw new RangeError(unusableReasons[state]);
}
