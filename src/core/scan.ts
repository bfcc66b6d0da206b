import { ownMemory } from "./allocate";
import { createRowSums, stateOf, sumFields, takeSums } from "./calibration/rowSums";

/** What a look through all rows writes, one element a row. */
export interface RowScan {
  /** The most probable class, the lowest of several; −1 for a row that is left out. */
  readonly argMax: Int32Array;
  /** max_k p_k at the scan's temperature; NaN for a row that is left out. */
  readonly confidence: Float64Array;
  /** −ln p of the label, in nats; ∞ where its p is 0, NaN where there is none or no distribution. */
  readonly nll: Float64Array;
  /** The row's state, as an index into `rowStates`; 0 is usable. */
  readonly state: Uint8Array;
}

/** Room for a scan of so many rows. */
export function createRowScan(rows: number, allocate = ownMemory): RowScan {
  return {
    argMax: new Int32Array(allocate(4 * rows)),
    confidence: new Float64Array(allocate(8 * rows)),
    nll: new Float64Array(allocate(8 * rows)),
    state: new Uint8Array(allocate(rows)),
  };
}

/**
 * Writes rows to `out` from row `offset` on, by the sums that a kernel's `sumRows` left at the
 * scan's temperature. Allocates nothing that grows, so a large array can be scanned block by block.
 * @param sums `sumFields` numbers a row, and so many rows
 * @throws RangeError for an `out` without room
 */
export function scanSums(sums: Float64Array, out: RowScan, offset = 0): void {
  const rows = sums.length / sumFields;
  if (offset + rows > out.state.length) {
    throw new RangeError(`Rows up to ${offset + rows} do not fit into ${out.state.length}.`);
  }
  const row = createRowSums();
  for (let r = 0; r < rows; r++) {
    takeSums(sums, r, row);
    out.state[offset + r] = stateOf(sums, r);
    out.argMax[offset + r] = row.argMax;
    // NaN where there is no distribution, or no label.
    out.confidence[offset + r] = 1 / (1 + row.rest);
    out.nll[offset + r] = Math.log1p(row.rest) - row.labelExponent;
  }
}
