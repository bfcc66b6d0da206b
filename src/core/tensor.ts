/** The number types a tensor's elements can have, by NumPy's names. */
export type DType =
  | "bool"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64";

/**
 * A run of elements, exact: bool as 0/1 in a Uint8Array, float16 and bfloat16 widened to
 * Float32Array (both are exact there), 64-bit integers in their BigInt arrays.
 */
export type Values =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** Bytes that one element takes in a file. */
export const itemSize: Readonly<Record<DType, 1 | 2 | 4 | 8>> = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  float16: 2,
  bfloat16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  int64: 8,
  uint64: 8,
  float64: 8,
};

/** What long work looks at between steps; an AbortSignal is one. */
export interface Cancellation {
  readonly aborted: boolean;
}

/** Where bytes lie, as they are, in a local file, and which state of that file is meant. */
export interface FileRange {
  readonly path: string;
  /** Byte offset of the first. */
  readonly offset: number;
  /** Changes whenever the file does; see the reader of local files. */
  readonly identity: string;
}

/**
 * One array, wherever it lives: what it is, and a way to its numbers. Nothing is read until asked.
 * Elements are addressed in storage order: row-major for C order, column-major for Fortran order.
 */
export interface Tensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** True when the first axis varies fastest in storage (column-major). */
  readonly fortranOrder: boolean;
  /** True where reading an element means reading all before it, as in a deflated archive. */
  readonly sequential?: boolean;
  /**
   * Where the elements lie in a local file as little-endian numbers of `dtype`, so that other
   * threads can read them too; undefined where they don't.
   */
  extent?(): FileRange | undefined;
  /**
   * Reads `count` elements from element `start` on, in storage order.
   * @throws the reader's error when the bytes cannot be had or the signal is aborted
   */
  read(start: number, count: number, signal?: Cancellation): Promise<Values>;
}

/** Number of elements of a shape: the product of its dims, 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

/**
 * Any run of elements as float64. Exact but for 64-bit integers beyond 2^53, which round to the
 * nearest float64; `rounded` counts those.
 */
export function toFloat64(values: Values): { data: Float64Array; rounded: number } {
  if (values instanceof Float64Array) return { data: values, rounded: 0 };
  if (!(values instanceof BigInt64Array || values instanceof BigUint64Array)) {
    return { data: new Float64Array(values), rounded: 0 };
  }
  // The low word comes first on every machine that VS Code runs on.
  const { buffer, byteOffset, length } = values;
  const low = new Uint32Array(buffer, byteOffset, 2 * length);
  const high =
    values instanceof BigInt64Array ? new Int32Array(buffer, byteOffset, 2 * length) : low;
  const data = new Float64Array(length);
  let rounded = 0;
  for (let i = 0; i < length; i++) {
    // Rounded once, as a conversion is, and without the big integer, which takes ten times as long.
    const value = high[2 * i + 1] * 2 ** 32 + low[2 * i];
    data[i] = value;
    if (!Number.isSafeInteger(value) && BigInt(value) !== values[i]) rounded++;
  }
  return { data, rounded };
}
