import { ownMemory } from "./allocate";
import { createRowSums, stateOf, sumFields, takeSums } from "./calibration/rowSums";
import { argMaxOf } from "./peak";
import { rowState, rowStates } from "./rowState";
import { checkTemperature, scaledGap } from "./temperature";

/** What a scan writes, one element a row. */
export interface RowScan {
  /** The most probable class, the lowest of several; −1 for a row that is left out. */
  readonly argMax: Int32Array;
  /** max_k p_k at the scan's temperature; NaN for a row that is left out. */
  readonly confidence: Float64Array;
  /** The row's state, as an index into `rowStates`; 0 is usable. */
  readonly state: Uint8Array;
}

/** Room for a scan of so many rows. */
export function createRowScan(rows: number, allocate = ownMemory): RowScan {
  return {
    argMax: new Int32Array(allocate(4 * rows)),
    confidence: new Float64Array(allocate(8 * rows)),
    state: new Uint8Array(allocate(rows)),
  };
}

/**
 * Arg max, confidence and state of each row of a block, written to `out` from row `offset` on.
 * Allocates nothing, so a large array can be scanned block by block.
 * @param block whole rows of logits, one after another, unchanged
 * @param classes the length K ≥ 1 of a row
 * @throws RangeError for a negative or NaN temperature, a block that is not whole rows, or an
 *   `out` without room
 */
export function scanRows(
  block: Float32Array | Float64Array,
  classes: number,
  T: number,
  out: RowScan,
  offset = 0,
): void {
  const temperature = checkTemperature(T);
  const rows = block.length / classes;
  if (!Number.isInteger(rows)) {
    throw new RangeError(`${block.length} logits are not whole rows of ${classes} classes.`);
  }
  requireRoom(out, offset + rows);
  for (let r = 0; r < rows; r++) {
    const start = r * classes;
    const state = rowStates.indexOf(rowState(block, start, start + classes));
    const top = state === 0 ? argMaxOf(block, start, start + classes) : -1;
    out.state[offset + r] = state;
    out.argMax[offset + r] = top;
    out.confidence[offset + r] =
      top < 0 ? NaN : topProbability(block, start, classes, top, temperature);
  }
}

/**
 * What `scanRows` writes, from the sums that a kernel's `sumRows` left at the scan's temperature.
 * @param sums `sumFields` numbers a row, and so many rows
 * @throws RangeError for an `out` without room
 */
export function scanSums(sums: Float64Array, out: RowScan, offset = 0): void {
  const rows = sums.length / sumFields;
  requireRoom(out, offset + rows);
  const row = createRowSums();
  for (let r = 0; r < rows; r++) {
    takeSums(sums, r, row);
    out.state[offset + r] = stateOf(sums, r);
    out.argMax[offset + r] = row.argMax;
    out.confidence[offset + r] = 1 / (1 + row.rest); // NaN where there is no distribution
  }
}

/** @throws RangeError if `out` has fewer than so many rows */
function requireRoom(out: RowScan, rows: number): void {
  if (rows > out.state.length) {
    throw new RangeError(`Rows up to ${rows} do not fit into ${out.state.length}.`);
  }
}

/** The probability of the arg max: 1 / Σ exp((z − max)/T). */
function topProbability(
  block: ArrayLike<number>,
  start: number,
  classes: number,
  top: number,
  T: number,
): number {
  const max = block[start + top];
  let sum = 0;
  for (let i = start; i < start + classes; i++) sum += Math.exp(scaledGap(block[i], max, T));
  return 1 / sum;
}
