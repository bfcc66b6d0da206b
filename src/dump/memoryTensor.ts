import { elementCount, type Tensor } from "../core/tensor";
import { maskedNumber, type JsonArray } from "./jsonArray";

/** A tensor over numbers that are in memory already, row-major float64. */
export function memoryTensor(data: Float64Array, shape: readonly number[]): Tensor {
  return {
    dtype: "float64",
    shape,
    fortranOrder: false,
    read: (start, count) => Promise.resolve(data.slice(start, start + count)),
  };
}

/** A tensor over a JSON array, row-major float64, which reads what is masked as −∞. */
export function jsonTensor({ parts, shape, masked }: JsonArray): Tensor {
  const total = elementCount(shape);
  const starts = new Float64Array(parts.length);
  for (let i = 1; i < parts.length; i++) starts[i] = starts[i - 1] + parts[i - 1].size;
  const read = (start: number, count: number): Float64Array => {
    const out = new Float64Array(Math.max(0, Math.min(count, total - start)));
    let index = lastAtMost(starts, start);
    for (let at = 0; at < out.length; index++) {
      const from = start + at - starts[index];
      const length = Math.min(parts[index].size - from, out.length - at);
      parts[index].copy(from, length, -Infinity, out, at);
      at += length;
    }
    if (masked > 0) {
      for (let i = out.indexOf(maskedNumber); i >= 0; i = out.indexOf(maskedNumber, i + 1)) {
        out[i] = -Infinity;
      }
    }
    return out;
  };
  return {
    dtype: "float64",
    shape,
    fortranOrder: false,
    read: (start, count) => Promise.resolve(read(start, count)),
  };
}

/** Index of the last entry of a rising list that is not above a value, by halving. */
function lastAtMost(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rising[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
