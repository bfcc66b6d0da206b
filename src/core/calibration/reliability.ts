import type { Bins } from "./bins";

/** The normal quantile that leaves 2.5 % on either side. */
export const normal95 = 1.959963984540054;

/** One bar of a reliability diagram. All but ends and count are NaN for an empty bin. */
export interface ReliabilityBin {
  readonly lo: number;
  readonly hi: number;
  readonly count: number;
  /** Mean confidence. */
  readonly confidence: number;
  readonly accuracy: number;
  /** Accuracy − confidence: below 0 where the model is too sure of itself. */
  readonly gap: number;
  /** The 95 % Wilson interval of the accuracy. */
  readonly wilsonLow: number;
  readonly wilsonHigh: number;
}

/** The bars of a reliability diagram, one for each bin. */
export function reliabilityBins(bins: Bins): ReliabilityBin[] {
  return Array.from(bins.count, (count, b) => {
    const confidence = bins.confidence[b] / count;
    const accuracy = bins.correct[b] / count;
    const { low, high } = wilsonInterval(bins.correct[b], count);
    return {
      lo: bins.lo[b],
      hi: bins.hi[b],
      count,
      confidence,
      accuracy,
      gap: accuracy - confidence,
      wilsonLow: low,
      wilsonHigh: high,
    };
  });
}

/** The 95 % interval of a proportion of which `hits` in `count` were seen (Wilson 1927). */
export function wilsonInterval(hits: number, count: number): { low: number; high: number } {
  const p = hits / count;
  const z2 = normal95 ** 2;
  const centre = p + z2 / (2 * count);
  const half = normal95 * Math.sqrt((p * (1 - p)) / count + z2 / (4 * count * count));
  const scale = 1 + z2 / count;
  // Rounding alone can put the ends of 0 of n and of n of n on the wrong side of them.
  return {
    low: Math.min(p, Math.max(0, (centre - half) / scale)),
    high: Math.max(p, Math.min(1, (centre + half) / scale)),
  };
}
