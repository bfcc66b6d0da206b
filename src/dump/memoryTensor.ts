import type { Tensor } from "../core/tensor";

/** A tensor over numbers that are in memory already, row-major float64. */
export function memoryTensor(data: Float64Array, shape: readonly number[]): Tensor {
  return {
    dtype: "float64",
    shape,
    fortranOrder: false,
    read: (start, count) => Promise.resolve(data.slice(start, start + count)),
  };
}
