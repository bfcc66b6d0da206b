import { checkTemperature } from "../temperature";
import type { AttentionMap } from "./attentionMap";
import { exponentOf } from "./headMeasures";

/**
 * ln Σ exp(−gap/T) of each query, from 0 to ln(keys): with it a weight is exp(−gap/T − ln Z). NaN
 * for a query without a distribution.
 * @throws RangeError for a negative or NaN temperature
 */
export function logPartitions(
  { queries, keys, gap, state }: AttentionMap,
  T: number,
): Float64Array {
  const temperature = checkTemperature(T);
  const out = new Float64Array(queries).fill(NaN);
  for (let i = 0; i < queries; i++) {
    if (state[i] !== 0) continue;
    let Z = 0;
    for (let j = i * keys; j < (i + 1) * keys; j++) Z += Math.exp(-exponentOf(gap[j], temperature));
    out[i] = Math.log(Z);
  }
  return out;
}
