import { decay } from "./decay";
import { windowAt } from "./hermite";
import { first as z, interpolate, second as slope, settle, third as zDoubled } from "./interpolate";
import { LogSum } from "./logSum";
import { Outcome, type ProfileConstants } from "./profileConstants";
import type { RowProfile } from "./rowProfile";

/** Sums over the used rows that are smooth in T, which those by bin are not. */
export interface SmoothSums {
  /** Σ ln Z. */
  logZ: number;
  /** Σ of the mean of βδ under p, which is −(dZ/ds)/Z. */
  meanGap: number;
  /** Σ of Σ p². */
  squares: number;
  /** Σ p of the label, over rows where it is not the arg max. */
  wrongP: number;
}

/** Finds them at one temperature. */
export function smoothSums(
  profile: RowProfile,
  { outcome, wrongRow, wrongGap }: ProfileConstants,
  beta: number,
): SmoothSums {
  const here = windowAt(profile.classes, beta);
  const doubled = windowAt(profile.classes, 2 * beta);
  const sums = { logZ: 0, meanGap: 0, squares: 0, wrongP: 0 };
  let next = 0;
  interpolate(profile, [here.value, here.slope, doubled.value], (from, count) => {
    addRows(from, count, outcome, sums);
    // In a loop of their own, as a branch could not be foretold.
    for (; next < wrongRow.length && wrongRow[next] < from + count; next++) {
      sums.wrongP += z[wrongRow[next] - from] * decay(beta * wrongGap[next]);
    }
  });
  return sums;
}

/** Leaves the confidences where the Z were. */
function addRows(from: number, count: number, outcome: Uint8Array, sums: SmoothSums): void {
  const logs = new LogSum();
  let meanGap = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    if (outcome[from + i] === Outcome.unused) continue;
    const rowZ = settle(z[i]);
    const confidence = 1 / rowZ;
    logs.add(rowZ);
    z[i] = confidence;
    meanGap -= slope[i] * confidence;
    squares += zDoubled[i] * confidence * confidence;
  }
  sums.logZ += logs.total();
  sums.meanGap += meanGap;
  sums.squares += squares;
}
