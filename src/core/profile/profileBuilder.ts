import { labelledRows, type Block } from "../calibration/rowSums";
import { findPeak } from "../peak";
import { rowState, rowStates } from "../rowState";
import { PlaneWriter } from "./planeWriter";
import { RowMoments } from "./rowMoments";
import { createRowProfile, type RowProfile } from "./rowProfile";

/**
 * Builds a profile in one pass over the logits, block by block in any order.
 *
 * This is the plain form, in float64 throughout; the planes are rounded to float32 once, when they
 * are written.
 */
export class ProfileBuilder {
  private readonly profile: RowProfile;
  private readonly moments = new RowMoments();
  private readonly writer: PlaneWriter;
  private added = 0;

  /**
   * @param rows how many rows there are in all
   * @param classes the length K ≥ 1 of a row
   */
  constructor(rows: number, classes: number) {
    this.profile = createRowProfile(rows, classes);
    this.writer = new PlaneWriter(this.profile.planes, rows);
  }

  /**
   * Takes in rows.
   * @param block whole rows of logits, one after another, unchanged
   * @param labels the class of each of the block's rows, −1 for none; null if there are no labels
   * @param offset the number of the first of them
   * @throws RangeError for a block that is not whole rows or reaches beyond the last, or labels
   *   that don't fit it
   */
  add(block: Block, labels: ArrayLike<number> | null, offset: number): void {
    const { rows, classes } = this.profile;
    const rowLabels = labels ?? new Int32Array(block.length / classes).fill(-1);
    const count = labelledRows(block, classes, rowLabels);
    if (offset + count > rows) {
      throw new RangeError(`Rows up to ${offset + count} do not fit into ${rows}.`);
    }
    for (let r = 0; r < count; r++) {
      const z = block.subarray(r * classes, (r + 1) * classes);
      this.addRow(z, rowLabels[r], offset + r);
    }
    this.writer.flush();
    this.added += count;
  }

  /**
   * The profile of all rows.
   * @throws RangeError if rows are missing
   */
  finish(): RowProfile {
    const { rows } = this.profile;
    if (this.added !== rows) throw new RangeError(`${this.added} of ${rows} rows were added.`);
    return this.profile;
  }

  private addRow(z: Block, label: number, row: number): void {
    const { profile, moments, writer } = this;
    const state = rowState(z);
    profile.state[row] = rowStates.indexOf(state);
    if (state !== "usable") return;
    const { max, argMax, ties, unmasked } = findPeak(z);
    const { mean, variance } = gapMoments(z, max, unmasked);
    profile.max[row] = max;
    profile.argMax[row] = argMax;
    profile.ties[row] = ties;
    profile.unmasked[row] = unmasked;
    profile.meanGap[row] = mean;
    profile.gapVariance[row] = variance;
    if (label >= 0) {
      profile.label[row] = label;
      profile.labelGap[row] = max - z[label];
      profile.labelRank[row] = rankOf(z, label);
    }
    moments.compute(z, max);
    writer.write(row, moments.sums);
  }
}

/** Mean and variance of max − z over the unmasked classes. */
function gapMoments(z: Block, max: number, unmasked: number) {
  let first = 0;
  let second = 0;
  for (let i = 0; i < z.length; i++) {
    const gap = max - z[i];
    if (gap === Infinity) continue;
    first += gap;
    second += gap * gap;
  }
  const mean = first / unmasked;
  return { mean, variance: Math.max(0, second / unmasked - mean * mean) };
}

/** How many classes rank above one: those with a larger logit, or the same at a lower index. */
function rankOf(z: Block, label: number): number {
  const v = z[label];
  let rank = 0;
  for (let i = 0; i < z.length; i++) if (z[i] > v || (z[i] === v && i < label)) rank++;
  return rank;
}
