import type { FoundProbability } from "../calibration/classwise";
import { labelledRows, requireSums } from "../calibration/rowSums";
import type { RowProfile } from "../profile/rowProfile";

export { sumFields } from "../calibration/rowSums";

/** How the logits of a block lie in the kernel's memory, little-endian. */
export type BlockType = "float32" | "float64" | "float16" | "bfloat16";

/** Bytes of one logit. */
export const logitBytes: Readonly<Record<BlockType, 2 | 4 | 8>> = {
  float32: 4,
  float64: 8,
  float16: 2,
  bfloat16: 2,
};

/** What stands in the room: whole rows of logits, one after another. */
export interface RowBlock {
  readonly type: BlockType;
  readonly rows: number;
  readonly classes: number;
  /** The class of each row, −1 for none. */
  readonly labels: Int32Array;
}

/**
 * How exactly `sumRows` sums, and how much. What is no sum is exact in any case.
 *
 * - "double": each sum errs by 1e-12 of itself, and by K·2^−53 of it as sums of floats do; a weight
 *   below 2^−1022 may count as 0.
 * - "single": `rest` alone, which errs by 1e-6 of Z = 1 + rest for T in [0.05, 20]: so ln Z and p
 *   do, too. `first`, `second`, `squares` and `labelRank` have no meaning.
 * - "moments": as "single", and `first`/T and `second`/T², which err by 2e-6 of Z and themselves
 *   together.
 */
export type Precision = "single" | "moments" | "double";

/**
 * The loops over all logits of a file: the room is filled, then one of the others is called.
 * A kernel belongs to one thread.
 */
export interface Kernel {
  readonly name: "simd" | "plain";

  /**
   * Room for a block of so many bytes, aligned to 16: bytes are written there, for instance read
   * from a file, before a call, which leaves them as they are. Valid until the next call of
   * `room`. It grows and keeps its size afterwards.
   * @throws RangeError if there is no memory for it
   */
  room(bytes: number): Uint8Array;

  /**
   * Sums over each row of the block that stands in the room.
   * @param T from 0 to ∞
   * @param sums where they go, one row after another: `sumFields` numbers a row, which are those of
   *   `RowSums` in order (NaN and ranks of −1 for a row without a distribution, or where they need
   *   a label and there is none) and the state as an index into `rowStates`
   * @throws RangeError for a negative or NaN temperature, labels that don't fit, a block that does
   *   not fit into the room, or too few sums
   */
  sumRows(block: RowBlock, T: number, precision: Precision, sums: Float64Array): void;

  /**
   * Writes the rows of the block that stands in the room into a profile from row `offset` on. Rows
   * that have no distribution are left as `createRowProfile` made them, but for their state. The
   * profile may lie on shared memory, and other threads may write other rows of it.
   *
   * The fast kernel sums the planes in float32: S0 errs by 5e-7 of itself at most, S1 by 1e-6 and S2
   * by 1.5e-6 of S0 and themselves together (their large terms have large exponents, whose rounding
   * counts for more). So ln Z errs by 5e-7 more than `errorBound` has it, and the entropy by 5e-6.
   * All else is as the plain kernel has it.
   * @throws RangeError for labels, a block or rows that don't fit
   */
  profileRows(block: RowBlock, profile: RowProfile, offset: number): void;

  /**
   * Adds up the probabilities that rows give to each class, over the rows of the block in the room
   * that have both a distribution and a label, and tells the large ones one by one: at most
   * 1/threshold of a row. A probability errs by 1e-12 of itself, one below 2^−1022/Z may be 0.
   * @param sums what `sumRows` left of the same block at the same T, in "double"
   * @param totals a number for each class, to which its probabilities are added
   * @param threshold above 0
   * @param found is called for each probability ≥ threshold, in an order that is always the same
   * @throws RangeError as `sumRows`, or for totals that are not one for each class
   */
  addProbabilities(
    block: RowBlock,
    T: number,
    sums: Float64Array,
    totals: Float64Array,
    threshold: number,
    found: FoundProbability,
  ): void;
}

/** @throws RangeError for a block that is not in the room, or labels that don't fit it */
export function checkBlock({ type, rows, classes, labels }: RowBlock, roomBytes: number): void {
  const length = rows * classes;
  labelledRows({ length }, classes, labels);
  const bytes = length * logitBytes[type];
  if (!(bytes <= roomBytes)) {
    throw new RangeError(`A block of ${bytes} bytes does not fit into a room of ${roomBytes}.`);
  }
}

/** @throws RangeError for sums without room for the block's */
export function checkSums({ rows }: RowBlock, sums: Float64Array): void {
  requireSums(sums, rows);
}

/** @throws RangeError for totals that are not one for each class */
export function checkTotals({ classes }: RowBlock, totals: Float64Array): void {
  if (totals.length !== classes) {
    throw new RangeError(`${totals.length} totals are not those of ${classes} classes.`);
  }
}

/** @throws RangeError for rows that reach beyond the profile's, or have another length */
export function checkProfile({ rows, classes }: RowBlock, profile: RowProfile, offset: number) {
  if (classes !== profile.classes) {
    throw new RangeError(`Rows of ${classes} classes are none of a profile of ${profile.classes}.`);
  }
  if (!(offset >= 0 && offset + rows <= profile.rows)) {
    throw new RangeError(`Rows up to ${offset + rows} do not fit into ${profile.rows}.`);
  }
}
