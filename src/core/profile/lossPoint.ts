import type { LossPoint } from "../calibration/lossSums";
import { widestWindow } from "./grid";
import { windowAt } from "./hermite";
import { first as z, interpolate, second as dz, third as ddz } from "./interpolate";
import { LogSum } from "./logSum";
import { coveredBeta, type RowProfile } from "./rowProfile";

/**
 * The loss over the rows with a label at one β = 1/T, as a fit wants it, without a pass over the
 * logits: within `errorBound` of that of `LossSums`, and exact in the limits β = 0 and ∞.
 * @throws RangeError for any other β whose temperature profiles don't cover
 */
export function lossPoint(profile: RowProfile, beta: number): LossPoint {
  const { rows, label, labelGap, meanGap, gapVariance, ties, unmasked } = profile;
  const sums = new GapSums();
  if (beta === 0 || beta === Infinity) {
    for (let r = 0; r < rows; r++) {
      if (label[r] < 0) continue;
      if (beta === 0) sums.add(labelGap[r], unmasked[r], meanGap[r], gapVariance[r]);
      else sums.add(labelGap[r], ties[r], 0, 0);
    }
  } else {
    addTiles(profile, beta, sums);
  }
  return sums.point(beta);
}

/**
 * With s = ln β, the mean of βδ in a row is −(ln Z)′ and its variance (ln Z)″ − (ln Z)′, where Z
 * and its derivatives are interpolated.
 */
function addTiles(profile: RowProfile, beta: number, sums: GapSums): void {
  coveredBeta(1 / beta);
  const { classes, label, labelGap } = profile;
  // A fit takes the time for 1e-9: then one pass over the logits proves its temperature.
  const { value, slope, curvature } = windowAt(classes, beta, widestWindow);
  interpolate(profile, [value, slope, curvature], (from, count) => {
    for (let i = 0; i < count; i++) {
      if (label[from + i] < 0) continue;
      const mean = -dz[i] / z[i];
      const variance = Math.max(0, ddz[i] / z[i] - mean * mean + mean);
      sums.add(labelGap[from + i], z[i], mean / beta, variance / (beta * beta));
    }
  });
}

/** Gathers rows by their label's gap, their Z, and the mean and variance of their gaps under p. */
class GapSums {
  private readonly logs = new LogSum();
  private rows = 0;
  private zeros = 0;
  private labelGaps = 0;
  private means = 0;
  private variances = 0;

  add(labelGap: number, z: number, mean: number, variance: number): void {
    this.rows++;
    if (labelGap === Infinity) this.zeros++;
    this.labelGaps += labelGap;
    this.logs.add(z);
    this.means += mean;
    this.variances += variance;
  }

  point(beta: number): LossPoint {
    const { rows, labelGaps } = this;
    // 0·∞ is 0 where no label is below the top at T = 0, and ∞ where one is masked at T = ∞.
    const scaled = labelGaps === 0 || labelGaps === Infinity ? labelGaps : beta * labelGaps;
    return {
      rows,
      trueClassZeros: this.zeros,
      nll: (this.logs.total() + scaled) / rows,
      g: (labelGaps - this.means) / rows,
      h: this.variances / rows,
      shortfall: labelGaps / rows,
    };
  }
}
