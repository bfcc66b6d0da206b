import { binOf, equalWidthEdges, type BinConvention, type Scored } from "./bins";
import { randomStream, unit } from "./random";

/** How an uncertainty is found by drawing: the bins of the ECE, and the draws. */
export interface DrawOptions {
  readonly bins: number;
  readonly convention: BinConvention;
  /** How often; 1,000 by default. */
  readonly draws?: number;
  /** The same seed gives the same result; 1 by default. */
  readonly seed?: number;
}

/**
 * The 95 % interval of the ECE, by resampling rows: the pivotal form [2e − q97.5, 2e − q2.5], as
 * the percentiles themselves lie too high (resampling adds noise to every bin). Its lower end can
 * fall below 0. NaN where there is no row.
 */
export function bootstrapEce(scored: Scored, options: DrawOptions): { low: number; high: number } {
  const { bin, confidence, correct } = binned(scored, options);
  const off = confidence.map((c, i) => c - correct[i]);
  const random = randomStream(options.seed ?? 1);
  const sums = new Float64Array(options.bins);
  const scale = off.length * unit;
  for (let i = 0; i < off.length; i++) sums[bin[i]] += off[i];
  const ece = meanGap(sums, off.length);
  const drawn = repeat(options, sums, off.length, () => {
    for (let n = 0; n < off.length; n++) {
      const i = Math.floor(random() * scale);
      sums[bin[i]] += off[i];
    }
  });
  return { low: 2 * ece - quantile(drawn, 0.975), high: 2 * ece - quantile(drawn, 0.025) };
}

/**
 * What ECE a perfectly calibrated model with these confidences would show, as its rows are finite
 * in number: each row is right by chance with its own confidence. Mean and 95 % quantile over the
 * draws; an ECE below the quantile is no evidence of miscalibration. NaN where there is no row.
 */
export function eceIfCalibrated(
  scored: Scored,
  options: DrawOptions,
): { mean: number; quantile95: number } {
  const { bin, confidence } = binned(scored, options);
  const random = randomStream(options.seed ?? 1);
  const sums = new Float64Array(options.bins);
  const drawn = repeat(options, sums, confidence.length, () => {
    for (let i = 0; i < confidence.length; i++) {
      sums[bin[i]] += random() * unit < confidence[i] ? confidence[i] - 1 : confidence[i];
    }
  });
  const mean = drawn.reduce((total, v) => total + v, 0) / drawn.length;
  return { mean, quantile95: quantile(drawn, 0.95) };
}

/** The used rows side by side, each with its bin, found once for all draws. */
function binned({ confidence, correct, used }: Scored, { bins, convention }: DrawOptions) {
  const edges = equalWidthEdges(bins);
  const isUsed = (_: number, i: number) => used[i] === 1;
  const kept = confidence.filter(isUsed);
  const bin = Uint32Array.from(kept, c => binOf(c, edges, convention));
  return { bin, confidence: kept, correct: correct.filter(isUsed) };
}

/** The ECEs of all draws in rising order; `draw` adds the rows' c − a to the sums of their bins. */
function repeat(
  { draws = 1000 }: DrawOptions,
  sums: Float64Array,
  rows: number,
  draw: () => void,
): Float64Array {
  const eces = new Float64Array(draws);
  for (let n = 0; n < draws; n++) {
    sums.fill(0);
    draw();
    eces[n] = meanGap(sums, rows);
  }
  return eces.sort();
}

function meanGap(sums: Float64Array, rows: number): number {
  let total = 0;
  for (const sum of sums) total += Math.abs(sum);
  return total / rows;
}

/** The q-quantile of sorted values, by linear interpolation (NumPy's default). */
function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
