import { checkTemperature } from "../temperature";
import type { AttentionMap } from "./attentionMap";
import { exponentOf } from "./headMeasures";

/** Rounding in the sum of many weights must not ask for one key more. */
const slack = 1e-12;

/**
 * The gaps of every query that has a distribution, smallest first: tempering keeps their order, so
 * that they are sorted once.
 * @param every takes every so many-th query only
 */
export function sortedGaps({ queries, keys, gap, state }: AttentionMap, every = 1): Float32Array[] {
  const rows: Float32Array[] = [];
  for (let i = 0; i < queries; i += every) {
    if (state[i] === 0) rows.push(gap.slice(i * keys, (i + 1) * keys).sort());
  }
  return rows;
}

/**
 * How many keys, the heaviest first, hold a share of a query's mass: the smallest number whose mass
 * is at least that.
 * @param sorted gaps of one query, from `sortedGaps`
 * @param share in (0, 1]
 * @throws RangeError for a negative or NaN temperature
 */
export function keysHolding(sorted: Float32Array, share: number, T: number): number {
  const temperature = checkTemperature(T);
  let Z = 0;
  for (let j = 0; j < sorted.length; j++) Z += Math.exp(-exponentOf(sorted[j], temperature));
  const wanted = share * Z * (1 - slack);
  let mass = 0;
  for (let j = 0; j < sorted.length; j++) {
    mass += Math.exp(-exponentOf(sorted[j], temperature));
    if (mass >= wanted) return j + 1;
  }
  return sorted.length;
}
