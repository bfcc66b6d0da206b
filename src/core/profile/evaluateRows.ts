import { requireRoom, type RowMeasures } from "../calibration/rowMeasures";
import { windowAt } from "./hermite";
import { first, interpolate, second, settle, third } from "./interpolate";
import { coveredBeta, type RowProfile } from "./rowProfile";

/**
 * Fills the measures of all rows at one temperature: what `measureRows` finds in the logits, within
 * `errorBound`, whatever the number of classes. A confidence that near to the edge of a bin can be
 * on its other side.
 * @throws RangeError for a temperature that profiles don't cover, or an `out` without room
 */
export function evaluateRows(profile: RowProfile, T: number, out: RowMeasures): void {
  const beta = coveredBeta(T);
  const { rows, classes } = profile;
  requireRoom(out, rows);
  const here = windowAt(classes, beta);
  const doubled = windowAt(classes, 2 * beta);
  interpolate(profile, [here.value, here.slope, doubled.value], (from, count) => {
    for (let i = 0; i < count; i++) {
      writeRow(profile, from + i, beta, first[i], second[i], third[i], out);
    }
  });
}

/**
 * What does not apply to a row is NaN in the profile, and so here. The bounds are those of the
 * exact numbers; interpolation may miss them by its last digits.
 */
function writeRow(
  { argMax, label, labelGap, labelRank }: RowProfile,
  row: number,
  beta: number,
  interpolatedZ: number,
  slope: number,
  zDoubled: number,
  out: RowMeasures,
): void {
  const z = settle(interpolatedZ);
  const logZ = Math.log(z);
  const confidence = 1 / z;
  const exponent = beta * labelGap[row];
  const labelP = exponent === 0 ? confidence : Math.exp(-exponent) * confidence;
  const used = label[row] >= 0;
  out.argMax[row] = argMax[row];
  out.used[row] = used ? 1 : 0;
  out.correct[row] = used && label[row] === argMax[row] ? 1 : 0;
  out.confidence[row] = confidence;
  out.entropy[row] = logZ + Math.max(0, -slope) * confidence;
  out.nll[row] = logZ + exponent;
  out.brier[row] = Math.max(0, zDoubled * confidence * confidence - 2 * labelP + 1);
  out.labelRank[row] = labelRank[row];
}
