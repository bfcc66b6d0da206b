import type { AttentionMap } from "./attentionMap";
import { exponentOf } from "./headMeasures";

/** The sides of a small picture of a map: no more than `side`, and no more than there are cells. */
export function miniatureSize(queries: number, keys: number, side: number): [number, number] {
  return [Math.min(side, queries), Math.min(side, keys)];
}

/** Weights are no smaller in float32, where 0 is for masked keys. */
const leastWeight = 1e-30;

/**
 * A small picture of a map: the largest weight of the cells that fall on each of its points, NaN
 * where all of them are of queries without a distribution, 0 only where all are masked.
 * @param logZ of each query at T, as `logPartitions` has it
 * @returns as many numbers as `miniatureSize` says, row-major
 */
export function miniature(
  { queries, keys, gap, state }: AttentionMap,
  T: number,
  logZ: Float64Array,
  side: number,
): Float32Array {
  const [height, width] = miniatureSize(queries, keys, side);
  const out = new Float32Array(height * width).fill(NaN);
  const columnOf = Int32Array.from({ length: keys }, (_, j) => Math.floor((j * width) / keys));
  const least = new Float32Array(width);
  for (let i = 0; i < queries; i++) {
    if (state[i] !== 0) continue;
    least.fill(Infinity);
    for (let j = 0; j < keys; j++) {
      const g = gap[i * keys + j];
      if (g < least[columnOf[j]]) least[columnOf[j]] = g;
    }
    const row = Math.floor((i * height) / queries) * width;
    for (let x = 0; x < width; x++) {
      const weight =
        least[x] === Infinity
          ? 0
          : Math.max(leastWeight, Math.exp(-exponentOf(least[x], T) - logZ[i]));
      if (!(out[row + x] >= weight)) out[row + x] = weight;
    }
  }
  return out;
}
