import {
  binInside,
  equalWidthEdges,
  insideOf,
  type BinConvention,
  type Bins,
} from "../calibration/bins";
import { windowAt } from "./hermite";
import { interpolateOne, settle, third as z, tileRows } from "./interpolate";
import { Outcome } from "./profileConstants";
import type { RowProfile } from "./rowProfile";

/** Bins that there is room for. */
const maxBins = 1000;

// The outcomes of a tile's rows, and how many rows there are and Σ of their confidence by bin and
// outcome. They are always the same arrays, like the tile's own numbers, and for the same reason.
const outcomes = new Uint8Array(tileRows);
const kinds = 3;
const counts = new Int32Array(kinds * maxBins);
const confidences = new Float64Array(kinds * maxBins);

/** The used rows of a profile by their confidence at one temperature. */
export interface ProfileBins {
  readonly binned: Bins;
  /** Σ p of the label, over rows where it is the arg max. */
  readonly rightP: number;
}

/**
 * Bins the rows of a profile.
 * @param outcome of each row, as `profileConstants` has it
 * @param beta whose T is covered
 * @throws RangeError for a number of bins that is not a whole number from 1 to 1000
 */
export function profileBins(
  profile: RowProfile,
  outcome: Uint8Array,
  beta: number,
  bins: number,
  convention: BinConvention,
): ProfileBins {
  const edges = equalWidthEdges(bins);
  if (bins > maxBins) throw new RangeError(`There are ${maxBins} bins at most, not ${bins}.`);
  counts.fill(0, 0, kinds * bins);
  confidences.fill(0, 0, kinds * bins);
  interpolateOne(profile, windowAt(profile.classes, beta).value, (from, count) => {
    outcomes.set(outcome.subarray(from, from + count));
    addRows(count, edges, convention);
  });
  const of = (cells: ArrayLike<number>, kind: number) =>
    Float64Array.from({ length: bins }, (_, bin) => cells[kinds * bin + kind]);
  const both = (cells: ArrayLike<number>) => {
    const right = of(cells, Outcome.right);
    return of(cells, Outcome.wrong).map((wrong, bin) => wrong + right[bin]);
  };
  return {
    binned: {
      lo: edges.slice(0, bins),
      hi: edges.slice(1),
      count: both(counts),
      confidence: both(confidences),
      correct: of(counts, Outcome.right),
    },
    rightP: of(confidences, Outcome.right).reduce((sum, p) => sum + p, 0),
  };
}

/** Takes in the first rows of the tile; those that are not used, too, as that is one way for all. */
function addRows(count: number, edges: Float64Array, convention: BinConvention): void {
  const { scale, half } = insideOf(edges.length - 1);
  for (let i = 0; i < count; i++) {
    const confidence = 1 / settle(z[i]);
    const cell = kinds * binInside(confidence, scale, half, edges, convention) + outcomes[i];
    counts[cell]++;
    confidences[cell] += confidence;
  }
}
