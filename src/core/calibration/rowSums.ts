import { argMaxOf } from "../peak";
import { rowState, rowStates, type RowState } from "../rowState";
import { scaledGap } from "../temperature";

/** Scores as a pass over a file hands them out: whole rows, one after another. */
export type Block = Float32Array | Float64Array;

/** What one pass over one row yields, with d = z − max z ≤ 0 and w = exp(d/T) for each class. */
export interface RowSums {
  /** The most probable class, or −1 for a row that has no distribution. */
  argMax: number;
  /** max z. */
  max: number;
  /** Σ w over all but the arg max, whose w is 1: the sum Z = 1 + rest without losing its digits. */
  rest: number;
  /** Σ w·d and Σ w·d². */
  first: number;
  second: number;
  /** Σ w² over all but the label. */
  squares: number;
  /** max z − z of the label: 0 where the label is on top, ∞ where it is masked. */
  shortfall: number;
  /** d/T of the label. */
  labelExponent: number;
  /** How many classes rank above the label: a larger logit, or the same one at a lower index. */
  labelRank: number;
}

/** Room for the sums of one row, to be used again for the next. */
export function createRowSums(): RowSums {
  return {
    argMax: -1,
    max: NaN,
    rest: NaN,
    first: NaN,
    second: NaN,
    squares: NaN,
    shortfall: NaN,
    labelExponent: NaN,
    labelRank: -1,
  };
}

/** Numbers of a row where the sums of many lie one after another: RowSums in order, and the state. */
export const sumFields = 10;

/** Writes the sums of row `row`; one without a distribution has NaN for them and −1 for ranks. */
export function putSums(into: Float64Array, row: number, sums: RowSums, state: RowState): void {
  const at = row * sumFields;
  const usable = state === "usable";
  into[at] = usable ? sums.argMax : -1;
  into[at + 1] = usable ? sums.max : NaN;
  into[at + 2] = usable ? sums.rest : NaN;
  into[at + 3] = usable ? sums.first : NaN;
  into[at + 4] = usable ? sums.second : NaN;
  into[at + 5] = usable ? sums.squares : NaN;
  into[at + 6] = usable ? sums.shortfall : NaN;
  into[at + 7] = usable ? sums.labelExponent : NaN;
  into[at + 8] = usable ? sums.labelRank : -1;
  into[at + 9] = rowStates.indexOf(state);
}

/** Reads them back, but for the state. */
export function takeSums(from: Float64Array, row: number, out: RowSums): void {
  const at = row * sumFields;
  out.argMax = from[at];
  out.max = from[at + 1];
  out.rest = from[at + 2];
  out.first = from[at + 3];
  out.second = from[at + 4];
  out.squares = from[at + 5];
  out.shortfall = from[at + 6];
  out.labelExponent = from[at + 7];
  out.labelRank = from[at + 8];
}

/** The index into `rowStates` of a row whose sums lie there. */
export function stateOf(sums: Float64Array, row: number): number {
  return sums[row * sumFields + 9];
}

/** @throws RangeError if there are fewer sums than so many rows have */
export function requireSums(sums: Float64Array, rows: number): void {
  if (sums.length < rows * sumFields) {
    throw new RangeError(`${sums.length} numbers are too few for the sums of ${rows} rows.`);
  }
}

/**
 * The sums over the logits from `start` on. Without a label (−1) the last three have no meaning.
 * @returns false, with `argMax` −1 and the rest as it was, for a row that has no distribution
 */
export function sumRow(
  block: Block,
  start: number,
  classes: number,
  label: number,
  T: number,
  out: RowSums,
): boolean {
  const end = start + classes;
  out.argMax = -1;
  if (rowState(block, start, end) !== "usable") return false;
  const top = start + argMaxOf(block, start, end);
  const labelAt = label < 0 ? -1 : start + label;
  out.argMax = top - start;
  out.max = block[top];
  sumWeights(block, start, end, top, labelAt, 1 / T, out);
  const labelled = label < 0 ? NaN : block[labelAt];
  out.shortfall = out.max - labelled;
  out.labelExponent = scaledGap(labelled, out.max, T);
  out.labelRank = label < 0 ? -1 : rankOf(block, start, end, labelAt);
  return true;
}

/** One multiplication and one exponential a class; all else hides behind the latter. */
function sumWeights(
  block: Block,
  start: number,
  end: number,
  top: number,
  labelAt: number,
  beta: number,
  out: RowSums,
): void {
  const max = block[top];
  let rest = 0;
  let first = 0;
  let second = 0;
  let squares = labelAt === top ? 0 : 1;
  for (let i = start; i < end; i++) {
    if (i === top) continue;
    const d = block[i] - max;
    // The limits need no path of their own: 0·∞ is avoided here, and −∞·0 makes a NaN that is
    // passed over as every w of 0 is, for which d may be −∞.
    const w = d === 0 ? 1 : Math.exp(d * beta);
    if (!(w > 0)) continue;
    const wd = w * d;
    rest += w;
    first += wd;
    second += wd * d;
    if (i !== labelAt) squares += w * w;
  }
  out.rest = rest;
  out.first = first;
  out.second = second;
  out.squares = squares;
}

/**
 * How many scores from `start` up to `end` rank above the one at `at`: larger, or equal and before
 * it. A loop of its own, as its branch can't be foretold and would hold up a longer one.
 */
export function rankOf(block: Block, start: number, end: number, at: number): number {
  const score = block[at];
  let rank = 0;
  for (let i = start; i < end; i++) {
    if (block[i] > score || (block[i] === score && i < at)) rank++;
  }
  return rank;
}

/**
 * How many rows a block holds.
 * @throws RangeError for a block that is not whole rows, or labels that are too few, no whole
 *   numbers, or not among −1 (none) and the classes
 */
export function labelledRows(
  block: ArrayLike<number>,
  classes: number,
  labels: ArrayLike<number>,
): number {
  const rows = block.length / classes;
  if (!Number.isInteger(rows)) {
    throw new RangeError(`${block.length} scores are not whole rows of ${classes} classes.`);
  }
  if (labels.length < rows) {
    throw new RangeError(`${labels.length} labels are too few for ${rows} rows.`);
  }
  for (let r = 0; r < rows; r++) {
    const label = labels[r];
    if (!Number.isInteger(label) || label < -1 || label >= classes) {
      throw new RangeError(`Row ${r} has the label ${label}, which is not in 0 to ${classes - 1}.`);
    }
  }
  return rows;
}
