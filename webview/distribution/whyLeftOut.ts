import type { RowState } from "../../src/core";

const reasons: Record<Exclude<RowState, "usable">, string> = {
  hasNaN: "it holds NaN",
  hasPosInf: "it holds +∞",
  allMasked: "every class of it is masked (−∞)",
  empty: "it has no classes",
};

/** Which row is left out, and why. */
export function whyLeftOut(index: number, state: RowState): string {
  const reason = state === "usable" ? "it can't be read" : reasons[state];
  return `Row ${index} has no distribution: ${reason}. It is left out of every count.`;
}
