import { ownMemory } from "../allocate";
import { checkTemperature } from "../temperature";
import {
  createRowSums,
  labelledRows,
  requireSums,
  sumRow,
  takeSums,
  type Block,
  type RowSums,
} from "./rowSums";

/**
 * What is known of each row at one temperature, one element a row. Every metric is made of these,
 * whether they come from a pass over all logits or from an approximation of it.
 */
export interface RowMeasures {
  /** The most probable class, the lowest of several; −1 for a row that has no distribution. */
  readonly argMax: Int32Array;
  /** 1 where the arg max is the label. */
  readonly correct: Uint8Array;
  /** max_k p_k; NaN for a row that has no distribution. */
  readonly confidence: Float64Array;
  /** −ln p of the label, in nats; ∞ where its p is 0, NaN where a row is not used. */
  readonly nll: Float64Array;
  /** Σ_k (p_k − y_k)² over the classes, from 0 to 2; NaN where a row is not used. */
  readonly brier: Float64Array;
  /** −Σ p ln p in nats; NaN for a row that has no distribution. */
  readonly entropy: Float64Array;
  /** How many classes rank above the label, equal ones by index; −1 where a row is not used. */
  readonly labelRank: Int32Array;
  /** 1 for a row that has both a distribution and a label: those that metrics are made of. */
  readonly used: Uint8Array;
}

/** Room for the measures of so many rows; none is used until it is measured. */
export function createRowMeasures(rows: number, allocate = ownMemory): RowMeasures {
  const numbers = () => new Float64Array(allocate(8 * rows)).fill(NaN);
  const classes = () => new Int32Array(allocate(4 * rows)).fill(-1);
  const flags = () => new Uint8Array(allocate(rows));
  return {
    argMax: classes(),
    correct: flags(),
    confidence: numbers(),
    nll: numbers(),
    brier: numbers(),
    entropy: numbers(),
    labelRank: classes(),
    used: flags(),
  };
}

/**
 * Measures each row of a block, written to `out` from row `offset` on. Allocates nothing that
 * grows, so a large array can be measured block by block.
 * @param block whole rows of K logits (probabilities come in as their logarithms), unchanged
 * @param labels the class of each of the block's rows, −1 for none
 * @param T one temperature for all, or one for each of the block's rows
 * @throws RangeError for a negative or NaN temperature, a block that is not whole rows, labels that
 *   don't fit it, or an `out` without room
 */
export function measureRows(
  block: Block,
  classes: number,
  labels: ArrayLike<number>,
  T: number | ArrayLike<number>,
  out: RowMeasures,
  offset = 0,
): void {
  const rows = labelledRows(block, classes, labels);
  requireRoom(out, offset + rows);
  const common = typeof T === "number" ? checkTemperature(T) : NaN;
  const sums = createRowSums();
  for (let r = 0; r < rows; r++) {
    const temperature = typeof T === "number" ? common : checkTemperature(T[r]);
    sumRow(block, r * classes, classes, labels[r], temperature, sums);
    writeRow(sums, labels[r], temperature, out, offset + r);
  }
}

/**
 * Measures rows by their sums, as a kernel's `sumRows` leaves them, written to `out` from row
 * `offset` on.
 * @param sums `sumFields` numbers for each row, summed at the temperature T with the same labels
 * @param labels the class of each row, −1 for none: there are as many rows as labels
 * @throws RangeError for a negative or NaN temperature, too few sums, or an `out` without room
 */
export function measureSums(
  sums: Float64Array,
  labels: ArrayLike<number>,
  T: number,
  out: RowMeasures,
  offset = 0,
): void {
  const temperature = checkTemperature(T);
  requireSums(sums, labels.length);
  requireRoom(out, offset + labels.length);
  const row = createRowSums();
  for (let r = 0; r < labels.length; r++) {
    takeSums(sums, r, row);
    writeRow(row, labels[r], temperature, out, offset + r);
  }
}

/** Takes over the measures of those rows that are to be at one temperature. */
export function takeRowsAt(
  T: number,
  temperatures: Float64Array,
  from: RowMeasures,
  into: RowMeasures,
): void {
  for (const name of Object.keys(into) as (keyof RowMeasures)[]) {
    const [source, target] = [from[name], into[name]];
    for (let r = 0; r < temperatures.length; r++) if (temperatures[r] === T) target[r] = source[r];
  }
}

/** @throws RangeError if `out` has fewer than so many rows */
export function requireRoom(out: RowMeasures, rows: number): void {
  if (rows > out.used.length) {
    throw new RangeError(`Rows up to ${rows} do not fit into ${out.used.length}.`);
  }
}

function writeRow(sums: RowSums, label: number, T: number, out: RowMeasures, row: number): void {
  const { argMax, rest, first, squares, labelExponent, labelRank } = sums;
  const usable = argMax >= 0;
  const used = usable && label >= 0;
  const confidence = 1 / (1 + rest);
  const logZ = Math.log1p(rest);
  const missing = 1 - Math.exp(labelExponent) * confidence;
  out.argMax[row] = argMax;
  out.used[row] = used ? 1 : 0;
  out.correct[row] = used && argMax === label ? 1 : 0;
  out.confidence[row] = usable ? confidence : NaN;
  // Σ w·d/T is 0 in both limits; at T = 0 the quotient would not say so.
  out.entropy[row] = usable ? logZ - (first === 0 ? 0 : (first / T) * confidence) : NaN;
  out.nll[row] = used ? logZ - labelExponent : NaN;
  out.brier[row] = used ? missing * missing + squares * confidence * confidence : NaN;
  out.labelRank[row] = used ? labelRank : -1;
}
