import { argMaxOf } from "../peak";
import { rowState } from "../rowState";
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
