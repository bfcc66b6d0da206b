import { windowAt } from "./hermite";
import { interpolate, settle, tileRows } from "./interpolate";
import { LogSum } from "./logSum";
import { coveredBeta, hasLabels, type RowProfile } from "./rowProfile";

/**
 * Means over the rows of a profile at one temperature: over those with a distribution and a label,
 * or where no row has a label over those with a distribution. NaN where there is none.
 */
export interface ProfileMeans {
  readonly temperature: number;
  /** How many rows the means are over. */
  readonly rows: number;
  readonly confidence: number;
  /** In nats. */
  readonly entropy: number;
  /** −Σ p z. */
  readonly energy: number;
  /** NaN without labels, as are the next two. */
  readonly accuracy: number;
  /** ∞ if a true class is masked. */
  readonly nll: number;
  readonly brier: number;
}

/**
 * The means at one temperature, which are a point of each curve over T, without an array of rows.
 * @throws RangeError for a temperature that profiles don't cover
 */
export function evaluateSums(profile: RowProfile, T: number): ProfileMeans {
  const beta = coveredBeta(T);
  const { rows, classes, state, max, argMax, label, labelGap } = profile;
  const labelled = hasLabels(profile);
  const here = windowAt(classes, beta);
  const doubled = windowAt(classes, 2 * beta);
  const z = new Float64Array(tileRows);
  const slope = new Float64Array(tileRows);
  const zDoubled = new Float64Array(tileRows);

  let count = 0;
  let confidence = 0;
  let meanGap = 0; // Σ of the mean of βδ = −(dZ/ds)/Z
  let maxima = 0;
  let correct = 0;
  let labelGaps = 0;
  let brier = 0;
  const logs = new LogSum();
  for (let from = 0; from < rows; from += tileRows) {
    const length = Math.min(tileRows, rows - from);
    interpolate(profile, here.value, from, length, z);
    interpolate(profile, here.slope, from, length, slope);
    interpolate(profile, doubled.value, from, length, zDoubled);
    for (let i = 0; i < length; i++) {
      const row = from + i;
      if (labelled ? label[row] < 0 : state[row] !== 0) continue;
      // The bounds of the exact numbers, as for each row of `evaluateRows`.
      const rowZ = settle(z[i]);
      const top = 1 / rowZ;
      const gap = labelGap[row];
      count++;
      confidence += top;
      if (slope[i] < 0) meanGap -= slope[i] * top;
      maxima += max[row];
      logs.add(rowZ);
      if (label[row] === argMax[row]) correct++;
      labelGaps += gap;
      const labelP = gap === 0 ? top : top * Math.exp(-beta * gap);
      const rowBrier = zDoubled[i] * top * top - 2 * labelP + 1;
      if (!(rowBrier < 0)) brier += rowBrier;
    }
  }
  return {
    temperature: T,
    rows: count,
    confidence: confidence / count,
    entropy: (logs.total() + meanGap) / count,
    energy: (meanGap / beta - maxima) / count,
    accuracy: labelled ? correct / count : NaN,
    nll: (logs.total() + beta * labelGaps) / count,
    brier: brier / count,
  };
}
