import { labelledRows, type Block } from "../calibration/rowSums";
import { findPeak } from "../peak";
import { rowState, rowStates } from "../rowState";
import { PlaneWriter } from "./planeWriter";
import { RowMoments } from "./rowMoments";
import { createRowProfile, type RowProfile } from "./rowProfile";

/**
 * Writes rows of a profile, block by block in any order.
 *
 * This is the plain form, in float64 throughout; the planes are rounded to float32 once, when they
 * are written.
 */
export class ProfileWriter {
  private readonly moments = new RowMoments();
  private readonly writer: PlaneWriter;

  constructor(private readonly profile: RowProfile) {
    this.writer = new PlaneWriter(profile.planes, profile.rows);
  }

  /**
   * Writes rows from row `offset` on. Arguments and errors as for `ProfileBuilder.add`.
   * @returns how many
   */
  write(block: Block, labels: ArrayLike<number>, offset: number): number {
    const { rows, classes } = this.profile;
    const count = labelledRows(block, classes, labels);
    if (offset + count > rows) {
      throw new RangeError(`Rows up to ${offset + count} do not fit into ${rows}.`);
    }
    for (let r = 0; r < count; r++) {
      const z = block.subarray(r * classes, (r + 1) * classes);
      this.writeRow(z, labels[r], offset + r);
    }
    this.writer.flush();
    return count;
  }

  private writeRow(z: Block, label: number, row: number): void {
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

/** Builds a profile in one pass over the logits, block by block in any order. */
export class ProfileBuilder {
  private readonly profile: RowProfile;
  private readonly writer: ProfileWriter;
  private added = 0;

  /**
   * @param rows how many rows there are in all
   * @param classes the length K ≥ 1 of a row
   */
  constructor(rows: number, classes: number) {
    this.profile = createRowProfile(rows, classes);
    this.writer = new ProfileWriter(this.profile);
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
    const { classes } = this.profile;
    const rowLabels = labels ?? new Int32Array(block.length / classes).fill(-1);
    this.added += this.writer.write(block, rowLabels, offset);
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
