import type { Ranked } from "./ranked";
import type { RowMeasures } from "./rowMeasures";

/** Which end of a bin belongs to it. The last bin, or the first, is closed at both ends. */
export type BinConvention = "[lo, hi)" | "(lo, hi]";

/** The part of the measures that binning looks at. */
export type Scored = Pick<RowMeasures, "confidence" | "correct" | "used">;

/** Rows by confidence: for each bin how many there are, and sums of confidence and of hits. */
export interface Bins {
  /** Ends of the bins; for bins of equal mass the least and largest confidence, NaN if empty. */
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  readonly count: Float64Array;
  readonly confidence: Float64Array;
  readonly correct: Float64Array;
}

/** The ends i·(1/n) of n bins of equal width, as NumPy has them (at n = 10 not i/n throughout). */
export function equalWidthEdges(bins: number): Float64Array {
  return Float64Array.from({ length: requireBins(bins) + 1 }, (_, i) => i * (1 / bins));
}

/** Far more than roundings, and far less than a bin. */
const shrink = 2 ** -30;

/**
 * Two numbers by which the bin of most values is found at once. Values are scaled by a shrink too
 * little, so that one at edge k falls k shrinks below it. What is nearer to an edge than half a
 * shrink less than n of them, of n bins, is told by the edges themselves; 1, which many rows have,
 * just isn't.
 */
export function insideOf(bins: number): { scale: number; half: number } {
  return { scale: bins - bins * shrink, half: 0.5 - (bins - 0.5) * shrink };
}

/** The bin of a value from 0 to 1; a little beyond 1 (unnormalised float32) is in the last one. */
export function binOf(value: number, edges: Float64Array, convention: BinConvention): number {
  const { scale, half } = insideOf(edges.length - 1);
  return binInside(value, scale, half, edges, convention);
}

/** The same with the two numbers of `insideOf`, which a loop over rows finds before it begins. */
export function binInside(
  value: number,
  scale: number,
  half: number,
  edges: Float64Array,
  convention: BinConvention,
): number {
  const scaled = value * scale;
  const near = scaled | 0;
  const isInside = Math.abs(scaled - near - 0.5) < half && scaled <= scale;
  return isInside ? near : binByEdges(value, edges, convention);
}

/** The same, by a look at the edges. */
function binByEdges(value: number, edges: Float64Array, convention: BinConvention): number {
  const last = edges.length - 2;
  // The product is right to within one bin, as edges are rounded too.
  const near = (value * (last + 1)) | 0;
  const bin = near > last ? last : near;
  if (convention === "[lo, hi)") {
    if (value < edges[bin]) return bin - 1;
    return bin < last && value >= edges[bin + 1] ? bin + 1 : bin;
  }
  if (bin > 0 && value <= edges[bin]) return bin - 1;
  return bin < last && value > edges[bin + 1] ? bin + 1 : bin;
}

/**
 * Used rows in bins of equal width.
 * @throws RangeError for a number of bins that is not a whole number ≥ 1
 */
export function equalWidthBins(
  { confidence, correct, used }: Scored,
  bins: number,
  convention: BinConvention,
): Bins {
  const edges = equalWidthEdges(bins);
  const out = createBins(bins, edges.slice(0, bins), edges.slice(1));
  for (let r = 0; r < used.length; r++) {
    if (used[r] === 0) continue;
    const bin = binOf(confidence[r], edges, convention);
    out.count[bin]++;
    out.confidence[bin] += confidence[r];
    out.correct[bin] += correct[r];
  }
  return out;
}

/**
 * Used rows in bins of equal mass: in the order of their confidence, cut so that the first N mod n
 * bins get one more (`numpy.array_split`).
 * @throws RangeError for a number of bins that is not a whole number ≥ 1
 */
export function equalMassBins({ confidence, correct }: Ranked, bins: number): Bins {
  requireBins(bins);
  const rows = confidence.length;
  const out = createBins(bins, new Float64Array(bins).fill(NaN), new Float64Array(bins).fill(NaN));
  const size = Math.floor(rows / bins);
  for (let bin = 0, at = 0; bin < bins; bin++) {
    const end = at + size + (bin < rows % bins ? 1 : 0);
    if (end === at) break;
    out.lo[bin] = confidence[at];
    out.hi[bin] = confidence[end - 1];
    out.count[bin] = end - at;
    for (; at < end; at++) {
      out.confidence[bin] += confidence[at];
      out.correct[bin] += correct[at];
    }
  }
  return out;
}

/** @throws RangeError for a number of bins that is not a whole number ≥ 1 */
export function requireBins(bins: number): number {
  if (!Number.isInteger(bins) || bins < 1) {
    throw new RangeError(`The number of bins is a whole number from 1 on; this one is ${bins}.`);
  }
  return bins;
}

function createBins(bins: number, lo: Float64Array, hi: Float64Array): Bins {
  const zeros = () => new Float64Array(bins);
  return { lo, hi, count: zeros(), confidence: zeros(), correct: zeros() };
}
