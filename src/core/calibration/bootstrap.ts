import { runSteps, type Steps } from "../steps";
import { binOf, equalWidthEdges, type BinConvention, type Scored } from "./bins";
import { randomFiller, unit } from "./random";
import { takeUsed, type UsedRows } from "./ranked";

/** How an uncertainty is found by drawing: the bins of the ECE, and the draws. */
export interface DrawOptions {
  readonly bins: number;
  readonly convention: BinConvention;
  /** How often; 1,000 by default. */
  readonly draws?: number;
  /** The same seed gives the same result; 1 by default. */
  readonly seed?: number;
}

/** Random numbers that are made at a time: they stay in the cache. */
const batchSize = 4096;

/**
 * The 95 % interval of the ECE, by resampling rows: the pivotal form [2e − q97.5, 2e − q2.5], as
 * the percentiles themselves lie too high (resampling adds noise to every bin). Its lower end can
 * fall below 0. NaN where there is no row.
 */
export function bootstrapEce(scored: Scored, options: DrawOptions): { low: number; high: number } {
  return runSteps(bootstrapSteps(binned(scored, options), options));
}

/** `bootstrapEce`, of which each step is a draw. */
export function* bootstrapSteps(
  { bin, confidence, correct }: BinnedRows,
  options: DrawOptions,
): Steps<{ low: number; high: number }> {
  const off = confidence.map((c, i) => c - correct[i]);
  const rows = off.length;
  const scale = rows * unit;
  const sums = new Float64Array(options.bins);
  // The rows of a draw come in any order: counted first, they are summed in their own, which the
  // cache is faster at. No draw has a row 256 times: the chance is 10^−507.
  const times = new Uint8Array(rows).fill(1);
  const eceNow = () => {
    sums.fill(0);
    for (let i = 0; i < rows; i++) sums[bin[i]] += times[i] * off[i];
    times.fill(0);
    return meanGap(sums, rows);
  };
  const ece = eceNow();
  const count = (batch: Uint32Array) => {
    for (let j = 0; j < batch.length; j++) times[Math.floor(batch[j] * scale)]++;
  };
  const drawn = yield* repeat(options, rows, count, eceNow);
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
  return runSteps(ifCalibratedSteps(binned(scored, options), options));
}

/** `eceIfCalibrated`, of which each step is a draw. */
export function* ifCalibratedSteps(
  { bin, confidence }: BinnedRows,
  options: DrawOptions,
): Steps<{ mean: number; quantile95: number }> {
  const rows = confidence.length;
  const expected = new Float64Array(options.bins);
  for (let i = 0; i < rows; i++) expected[bin[i]] += confidence[i];
  // A random number below it is a row that is right.
  const chance = confidence.map(c => c / unit);
  const hits = new Int32Array(options.bins);
  const eceNow = () => {
    const ece = meanGap(
      expected.map((sum, b) => sum - hits[b]),
      rows,
    );
    hits.fill(0);
    return ece;
  };
  const count = (batch: Uint32Array, first: number) => {
    for (let j = 0; j < batch.length; j++) {
      hits[bin[first + j]] += batch[j] < chance[first + j] ? 1 : 0;
    }
  };
  const drawn = yield* repeat(options, rows, count, eceNow);
  const mean = drawn.reduce((total, v) => total + v, 0) / drawn.length;
  return { mean, quantile95: quantile(drawn, 0.95) };
}

/** The used rows side by side, each with its bin. */
export type BinnedRows = UsedRows & { readonly bin: Uint32Array };

/** Finds the bins of rows, once for all draws. */
export function binned(scored: Scored, { bins, convention }: DrawOptions): BinnedRows {
  const edges = equalWidthEdges(bins);
  const { confidence, correct } = takeUsed(scored);
  const bin = new Uint32Array(confidence.length); // `from` would gather all in a list first
  for (let i = 0; i < bin.length; i++) bin[i] = binOf(confidence[i], edges, convention);
  return { bin, confidence, correct };
}

/**
 * The ECEs of all draws in rising order.
 * @param take takes the next random numbers of a draw, which has one for each row
 * @param finish the ECE of what was taken, which it forgets
 */
function* repeat(
  { draws = 1000, seed = 1 }: DrawOptions,
  rows: number,
  take: (batch: Uint32Array, first: number) => void,
  finish: () => number,
): Steps<Float64Array> {
  const fill = randomFiller(seed);
  const batch = new Uint32Array(batchSize);
  const eces = new Float64Array(draws);
  for (let n = 0; n < draws; n++) {
    for (let first = 0; first < rows; first += batchSize) {
      const some = batch.subarray(0, Math.min(batchSize, rows - first));
      fill(some);
      take(some, first);
    }
    eces[n] = finish();
    yield;
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
