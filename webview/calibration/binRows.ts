import { binOf, equalWidthEdges, type BinConvention, type RowMeasures } from "../../src/core";

/** Rows of a bin that are listed. */
export const listedRows = 100;

/** The rows of one bin, by how little they expected their label. */
export interface BinRows {
  /** The worst rows, at most `listedRows`. */
  readonly rows: readonly number[];
  readonly total: number;
}

/** The used rows of a bin of equal width, those with the largest NLL first, equal ones by index. */
export function rowsOfBin(
  { confidence, nll, used }: RowMeasures,
  bin: number,
  bins: number,
  convention: BinConvention,
): BinRows {
  const edges = equalWidthEdges(bins);
  const rows: number[] = [];
  for (let r = 0; r < used.length; r++) {
    if (used[r] === 1 && binOf(confidence[r], edges, convention) === bin) rows.push(r);
  }
  // Written so that two that are ∞ compare as equal.
  const worstFirst = (a: number, b: number) =>
    nll[a] === nll[b] ? a - b : nll[a] > nll[b] ? -1 : 1;
  return { rows: rows.sort(worstFirst).slice(0, listedRows), total: rows.length };
}
