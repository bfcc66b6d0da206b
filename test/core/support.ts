import fc from "fast-check";
import { expect } from "vitest";

/** Fails unless `actual` is within `tolerance` of `expected`, relative to its size or to 1. */
export function expectClose(actual: number, expected: number, tolerance = 1e-12): void {
  if (actual === expected) return;
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  expect(error, `${actual} instead of ${expected}`).toBeLessThan(tolerance);
}

/** `expectClose` on each element of two rows. */
export function expectRowClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 1e-12,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expectClose(actual[i], expected[i], tolerance);
}

/** Any logit of a trained model, and then some. */
export const logit = fc.double({ min: -50, max: 50, noNaN: true });

/** Rows of 1 to 40 logits. */
export const logits = fc.array(logit, { minLength: 1, maxLength: 40 });

/** Rows of small whole numbers, so that ties are common, with masks; never masked throughout. */
export const tiedAndMasked = fc
  .array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(-Infinity)), {
    minLength: 1,
    maxLength: 20,
  })
  .filter(row => row.some(v => v > -Infinity));

/** Temperatures on the slider. */
export const temperature = fc.double({ min: 0.05, max: 20, noNaN: true });

/** The sum of a row. */
export function sum(row: ArrayLike<number>): number {
  return Array.from(row).reduce((total, v) => total + v, 0);
}
