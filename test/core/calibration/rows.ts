import fc from "fast-check";
import {
  createRowMeasures,
  LossSums,
  measureRows,
  type BinConvention,
  type Losses,
  type LossPoint,
  type RowMeasures,
  type Scored,
} from "../../../src/core";
import { expect } from "vitest";
import { expectClose, logit } from "../support";

/** Labelled rows in memory. */
export interface Data {
  readonly classes: number;
  readonly rows: readonly (readonly number[])[];
  readonly labels: Int32Array;
}

export function dataOf(rows: readonly (readonly number[])[], labels: readonly number[]): Data {
  return { classes: rows[0].length, rows, labels: Int32Array.from(labels) };
}

export function blockOf({ rows }: Data, scale = 1): Float64Array {
  return Float64Array.from(rows.flat(), z => z * scale);
}

export function measured(data: Data, T: number | Float64Array = 1): RowMeasures {
  const out = createRowMeasures(data.rows.length);
  measureRows(blockOf(data), data.classes, data.labels, T, out);
  return out;
}

/** The loss of data in memory. */
export function lossAt(
  block: Float64Array,
  classes: number,
  labels: Int32Array,
  beta: number,
): LossPoint {
  const sums = new LossSums(classes, beta);
  sums.add(block, labels);
  return sums.point();
}

/** The same as a fit asks for it. */
export function lossesOf(block: Float64Array, classes: number, labels: Int32Array): Losses {
  return async betas => betas.map(beta => lossAt(block, classes, labels, beta));
}

/** Data of one to 30 rows; `score` may be anything that a test wants its rows made of. */
export function dataFrom(score: fc.Arbitrary<number>, label = 0): fc.Arbitrary<Data> {
  return fc.integer({ min: 1, max: 6 }).chain(classes =>
    fc
      .array(
        fc.tuple(
          fc.array(score, { minLength: classes, maxLength: classes }),
          fc.integer({ min: label, max: classes - 1 }),
        ),
        { minLength: 1, maxLength: 30 },
      )
      .map(rows =>
        dataOf(
          rows.map(([z]) => z),
          rows.map(([, y]) => y),
        ),
      ),
  );
}

export const anyData = dataFrom(logit);

/** Small whole numbers, so that logits tie. */
export const tiedData = dataFrom(fc.integer({ min: -2, max: 2 }));

/** Ties, masks, rows without a distribution, and rows without a label. */
export const roughData = dataFrom(
  fc.oneof(
    { weight: 30, arbitrary: fc.integer({ min: -3, max: 3 }) },
    { weight: 30, arbitrary: logit },
    { weight: 8, arbitrary: fc.constant(-Infinity) },
    { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity) },
  ),
  -1,
);

export const conventions: readonly BinConvention[] = ["[lo, hi)", "(lo, hi]"];
export const convention = fc.constantFrom(...conventions);

/** Confidences with hits, on edges of bins as well as between, used or not. */
export const scored: fc.Arbitrary<Scored> = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.double({ min: 0, max: 1, noNaN: true }).map(v => v + 0),
        fc.integer({ min: 0, max: 20 }).map(n => n / 20),
        fc.integer({ min: 0, max: 15 }).map(n => n * (1 / 15)),
      ),
      fc.boolean(),
      fc.integer({ min: 0, max: 5 }),
    ),
    { maxLength: 60 },
  )
  .map(rows =>
    scoredOf(
      rows.map(([c]) => Math.min(1, c)),
      rows.map(([, a]) => a),
      rows.map(([, , u]) => u > 0),
    ),
  );

export function scoredOf(
  confidence: readonly number[],
  correct: readonly (boolean | number)[],
  used: readonly boolean[] = confidence.map(() => true),
): Scored {
  return {
    confidence: Float64Array.from(confidence),
    correct: Uint8Array.from(correct, Number),
    used: Uint8Array.from(used, Number),
  };
}

/** The used rows as pairs, for tests that say a definition out loud. */
export function pairs({ confidence, correct, used }: Scored): { c: number; a: number }[] {
  return Array.from(confidence, (c, r) => ({ c, a: correct[r], used: used[r] })).filter(
    row => row.used === 1,
  );
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** `expectClose` for measures that are NaN over nothing. */
export function expectSame(actual: number, expected: number, tolerance?: number): void {
  if (Number.isNaN(expected)) expect(actual).toBeNaN();
  else expectClose(actual, expected, tolerance);
}
