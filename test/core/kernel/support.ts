import { expect } from "vitest";
import {
  createRowProfile,
  sumFields,
  type ClasswiseBins,
  type RowProfile,
} from "../../../src/core";
import type { BlockType, Kernel, Precision, RowBlock } from "../../../src/core/kernel";

/** Rows of logits as bytes, with labels. */
export interface Rows extends RowBlock {
  readonly bytes: Uint8Array;
}

/** Rows of a type; numbers are rounded to it. */
export function rowsOf(
  type: BlockType,
  classes: number,
  numbers: ArrayLike<number>,
  labels: ArrayLike<number>,
): Rows {
  const bytes = new Uint8Array(encoders[type](numbers).buffer);
  return { type, rows: labels.length, classes, labels: Int32Array.from(labels), bytes };
}

const encoders: Record<BlockType, (numbers: ArrayLike<number>) => ArrayBufferView> = {
  float32: numbers => Float32Array.from(numbers),
  float64: numbers => Float64Array.from(numbers),
  float16: numbers => Uint16Array.from(numbers, float16Bits),
  // A float32 cut in half.
  bfloat16: numbers =>
    Uint16Array.from(new Uint32Array(Float32Array.from(numbers).buffer), bits => bits >>> 16),
};

/** The bits of the float16 next to a number: some float16, which is all that tests need. */
function float16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  return sign + ((exponent + 15) << 10) + Math.round((size / 2 ** exponent - 1) * 1024);
}

export function put(kernel: Kernel, { bytes }: Rows): void {
  kernel.room(bytes.length).set(bytes);
}

/** A kernel's sums, row by row. */
export function sumsOf(
  kernel: Kernel,
  rows: Rows,
  T: number,
  precision: Precision = "double",
): Float64Array[] {
  put(kernel, rows);
  const sums = new Float64Array(rows.rows * sumFields);
  kernel.sumRows(rows, T, precision, sums);
  return Array.from({ length: rows.rows }, (_, r) =>
    sums.subarray(r * sumFields, (r + 1) * sumFields),
  );
}

export function profileOf(kernel: Kernel, rows: Rows): RowProfile {
  const profile = createRowProfile(rows.rows, rows.classes);
  put(kernel, rows);
  kernel.profileRows(rows, profile, 0);
  return profile;
}

/** Takes rows into classwise bins, as a pass does. */
export function addClasses(kernel: Kernel, rows: Rows, T: number, into: ClasswiseBins): void {
  put(kernel, rows);
  const sums = new Float64Array(rows.rows * sumFields);
  kernel.sumRows(rows, T, "double", sums);
  into.add(sums, rows.labels, (totals, threshold, found) =>
    kernel.addProbabilities(rows, T, sums, totals, threshold, found),
  );
}

/** Where the numbers of a row of sums stand. */
export const fields = [
  "argMax",
  "max",
  "rest",
  "first",
  "second",
  "squares",
  "shortfall",
  "labelExponent",
  "labelRank",
  "state",
] as const;
export const exactFields = [0, 1, 6, 7, 8, 9];
export const summedFields = [2, 3, 4, 5];
export const rest = 2;
export const first = 3;
export const second = 4;
export const labelRank = 8;

/** Fails unless two numbers are the same, NaN and ∞ included, or within the tolerance. */
export function expectNear(
  actual: number,
  expected: number,
  tolerance: number,
  what: string,
): void {
  if (Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance) return;
  expect.fail(`${what}: ${actual} instead of ${expected}`);
}
