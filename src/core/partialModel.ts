import { capOf, coveredMass, partialState, temperPartial } from "./partial";
import type { PartialRow, PartialState, Range } from "./partial";

/** Log-probabilities of some classes, the likeliest first, and which was sampled; −1 for unknown. */
export interface ListedRow {
  readonly logprobs: Float64Array;
  readonly sampled: number;
}

/** What of such a row is the same at every temperature. */
export interface PartialModel extends ListedRow {
  readonly state: PartialState;
  /** The classes to show, the sampled one always among them. */
  readonly shown: readonly number[];
  readonly known: Omit<PartialRow, "vocabulary">;
  /** Σ p of all that are listed. */
  readonly covered: number;
}

/** The shown classes at one temperature, and behind them all others as one. */
export interface PartialSeries {
  readonly temperature: number;
  /** What each has at least, and at most. */
  readonly probabilities: readonly number[];
  readonly highs: readonly number[];
}

/** @param k how many of the likeliest classes to show */
export function modelPartial({ logprobs, sampled }: ListedRow, k: number): PartialModel {
  const shown = Array.from({ length: Math.min(k, logprobs.length) }, (_, i) => i);
  if (sampled >= shown.length) shown.push(sampled);
  return {
    logprobs,
    sampled,
    state: partialState(logprobs),
    shown,
    known: { logprobs, cap: capOf(logprobs, sampled) },
    covered: coveredMass(logprobs),
  };
}

/**
 * @param vocabulary number of all classes, Infinity where unknown
 * @throws RangeError for a row that is not usable
 */
export function partialSeriesAt(
  { shown, known }: PartialModel,
  T: number,
  vocabulary = Infinity,
): PartialSeries {
  const { low, high, remainder } = temperPartial({ ...known, vocabulary }, T);
  return {
    temperature: T,
    probabilities: [...shown.map(i => low[i]), othersIn(low, shown, remainder.low)],
    highs: [...shown.map(i => high[i]), othersIn(high, shown, remainder.high)],
  };
}

/** What one of the shown is known to lie in. */
export function rangeAt({ probabilities, highs }: PartialSeries, at: number): Range {
  return { low: probabilities[at], high: highs[at] };
}

/** The unlisted classes, and those listed that are not shown. */
function othersIn(all: Float64Array, shown: readonly number[], remainder: number): number {
  let sum = remainder;
  if (shown.length < all.length) {
    const isShown = new Set(shown);
    for (let i = 0; i < all.length; i++) if (!isShown.has(i)) sum += all[i];
  }
  return Math.min(1, sum);
}
