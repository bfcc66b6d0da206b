import { decay } from "./decay";
import { windowAt } from "./hermite";
import { interpolate, settle, type Tile } from "./interpolate";
import { Outcome, type ProfileConstants } from "./profileConstants";
import type { RowProfile } from "./rowProfile";

/** Sums over the used rows that are smooth in T, which those by bin are not. */
export interface SmoothSums {
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
  const sums = { meanGap: 0, squares: 0, wrongP: 0 };
  let next = 0;
  interpolate(profile, [here.value, here.slope, doubled.value], tile => {
    addRows(tile, outcome, sums);
    // In a loop of their own, as a branch could not be foretold.
    const { from, count, first: confidence } = tile;
    for (; next < wrongRow.length && wrongRow[next] < from + count; next++) {
      sums.wrongP += confidence[wrongRow[next] - from] * decay(beta * wrongGap[next]);
    }
  });
  return sums;
}

/** Leaves the confidences where the Z were. */
function addRows(
  { from, count, first: z, second: slope, third: zDoubled }: Tile,
  outcome: Uint8Array,
  sums: SmoothSums,
): void {
  let meanGap = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    if (outcome[from + i] === Outcome.unused) continue;
    const confidence = 1 / settle(z[i]);
    z[i] = confidence;
    meanGap -= slope[i] * confidence;
    squares += zDoubled[i] * confidence * confidence;
  }
  sums.meanGap += meanGap;
  sums.squares += squares;
}
