import { binOf, equalWidthEdges, type BinConvention } from "./bins";
import type { RowMeasures } from "./rowMeasures";

/** Rows of a bin that are listed. */
const listedRows = 100;

/** A row as a list of rows shows it. */
export interface ListedRow {
  readonly row: number;
  readonly confidence: number;
  readonly argMax: number;
  readonly label: number;
}

/** The rows of one bin, by how little they expected their label. */
export interface BinRows {
  /** The worst rows, at most 100. */
  readonly worst: readonly ListedRow[];
  readonly total: number;
}

/**
 * The used rows of each bin of equal width, those with the largest NLL first, equal ones by index.
 * @param labels one a row
 * @throws RangeError for a number of bins that is not a whole number ≥ 1
 */
export function worstRows(
  { argMax, confidence, nll, used }: RowMeasures,
  labels: ArrayLike<number>,
  bins: number,
  convention: BinConvention,
): BinRows[] {
  const edges = equalWidthEdges(bins);
  const found = Array.from({ length: bins }, () => new Worst(nll));
  for (let row = 0; row < used.length; row++) {
    if (used[row] === 1) found[binOf(confidence[row], edges, convention)].add(row);
  }
  return found.map(worst => ({
    worst: worst.rows().map(row => ({
      row,
      confidence: confidence[row],
      argMax: argMax[row],
      label: labels[row],
    })),
    total: worst.total,
  }));
}

/** Keeps the worst of many rows: sorts few at a time, and drops what is not among them. */
class Worst {
  total = 0;
  private kept: number[] = [];
  /** The least NLL that is still among the worst. */
  private least = -Infinity;

  constructor(private readonly nll: Float64Array) {}

  /** Rows come in order, so that of equal ones the first is kept. */
  add(row: number): void {
    this.total++;
    if (this.kept.length >= listedRows && !(this.nll[row] > this.least)) return;
    this.kept.push(row);
    if (this.kept.length === 4 * listedRows) this.rows();
  }

  rows(): readonly number[] {
    const { nll } = this;
    // Written so that two that are ∞ compare as equal.
    const worstFirst = (a: number, b: number) =>
      nll[a] === nll[b] ? a - b : nll[a] > nll[b] ? -1 : 1;
    this.kept = this.kept.sort(worstFirst).slice(0, listedRows);
    if (this.kept.length === listedRows) this.least = nll[this.kept[listedRows - 1]];
    return this.kept;
  }
}
