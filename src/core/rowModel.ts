import { describe, type Distribution } from "./distribution";
import { oddsOf } from "./odds";
import { rowState } from "./rowState";
import { scaledGap } from "./temperature";
import { topK } from "./topK";

/** Logits of one row, and the class that is right; null where that isn't known. */
export interface LabelledRow {
  readonly logits: Float64Array;
  readonly label: number | null;
}

/**
 * What of a row is the same at every temperature. Tempering never changes the order of classes, so
 * it is found once a row, and a move of the slider costs one pass over the logits.
 */
export interface RowModel {
  readonly row: LabelledRow;
  /** Classes to show, the likeliest first; the label's and others asked for come last. */
  readonly classes: readonly number[];
  /** Rank of each shown class, from 1. */
  readonly ranks: readonly number[];
}

/** The shown classes at one temperature. */
export interface Series {
  readonly temperature: number;
  /** Probability of each of the model's classes. */
  readonly probabilities: readonly number[];
  /** ln p of each, exact where p itself is too small for a float64. */
  readonly logProbabilities: readonly number[];
  /** What is left for all other classes; 0 where there are none. */
  readonly rest: number;
  readonly distribution: Distribution;
}

/**
 * Null for a row without a distribution: NaN, +∞ or all masked.
 * @param k how many of the likeliest classes to show, with the label's in any case
 * @param also a class to show as well
 */
export function modelRow(row: LabelledRow, k: number, also: number | null = null): RowModel | null {
  if (rowState(row.logits) !== "usable") return null;
  const top = [...topK(row.logits, k)];
  const others = [row.label, also].filter(i => i !== null && i < row.logits.length);
  const classes = [...new Set([...top, ...(others as number[])])];
  const ranks = classes.map((i, at) => (at < top.length ? at + 1 : rankOf(row.logits, i)));
  return { row, classes, ranks };
}

/** The model's classes at temperature T in [0, ∞]: p_i = p_max / exp((z_max − z_i)/T). */
export function seriesAt({ row, classes }: RowModel, T: number): Series {
  const distribution = describe(row.logits, T);
  const { argMax, maxProbability, maxLogProbability } = distribution;
  const probabilities = classes.map(i => maxProbability / oddsOf(row.logits, argMax, i, T).odds);
  const max = row.logits[argMax];
  const logProbabilities = classes.map(i => maxLogProbability + scaledGap(row.logits[i], max, T));
  const shown = probabilities.reduce((sum, p) => sum + p, 0);
  const rest = classes.length === row.logits.length ? 0 : Math.max(0, 1 - shown);
  return { temperature: T, probabilities, logProbabilities, rest, distribution };
}

/** Rank from 1 of a class by its logit, equal ones by rising index. */
function rankOf(logits: Float64Array, index: number): number {
  const own = logits[index];
  let rank = 1;
  for (let i = 0; i < logits.length; i++) {
    if (logits[i] > own || (logits[i] === own && i < index)) rank++;
  }
  return rank;
}
