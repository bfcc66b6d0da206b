import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createRowMeasures,
  errorBound,
  evaluateRows,
  summarise,
  type RowMeasures,
} from "../../../src/core";
import { temperature } from "../support";
import { adversarial, direct, profileOf, temperatures, type Dataset } from "./support";

const metrics = ["confidence", "nll", "brier", "entropy"] as const;

/** Fails unless two numbers are the same, NaN and ∞ included, or within the tolerance. */
function expectNear(actual: number, expected: number, tolerance: number, what: string): void {
  if (Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance) return;
  expect.fail(`${what}: ${actual} instead of ${expected}`);
}

/** Holds a profile's rows at each temperature against those of float64 softmax. */
function compare(data: Dataset, each: readonly number[], kinds?: readonly string[]): void {
  const profile = profileOf(data);
  const bound = errorBound(data.classes);
  const actual = createRowMeasures(data.labels.length);
  for (const T of each) {
    evaluateRows(profile, T, actual);
    const expected = direct(data, T);
    for (let r = 0; r < data.labels.length; r++) {
      for (const name of metrics) {
        const tolerance = name === "entropy" ? Math.min(1e-5, bound.entropy) : 1e-6;
        const what = `${name} of row ${r} (${kinds?.[r] ?? "random"}) at T = ${T}`;
        expectNear(actual[name][r], expected[name][r], tolerance, what);
      }
    }
    expectSameRanks(actual, expected);
    compareMeans(actual, expected, T);
  }
}

function expectSameRanks(actual: RowMeasures, expected: RowMeasures): void {
  for (const name of ["argMax", "correct", "labelRank", "used"] as const) {
    expect(actual[name]).toEqual(expected[name]);
  }
}

function compareMeans(actual: RowMeasures, expected: RowMeasures, T: number): void {
  const means = summarise(actual);
  for (const [name, value] of Object.entries(summarise(expected))) {
    expectNear(means[name as keyof typeof means], value, 1e-6, `mean ${name} at T = ${T}`);
  }
}

describe("a profile against float64 softmax", () => {
  it.each([
    { classes: 1, rows: 2, count: 20 },
    { classes: 2, rows: 6, count: 200 },
    { classes: 10, rows: 6, count: 200 },
    { classes: 1000, rows: 5, count: 200 },
    { classes: 1025, rows: 2, count: 50 },
    { classes: 151_936, rows: 1, count: 8 },
  ])(
    "agrees on adversarial rows of $classes classes",
    ({ classes, rows, count }) => {
      const data = adversarial(rows, classes);
      compare(data, temperatures(count), data.kinds);
    },
    60_000,
  );

  it("agrees on any rows, masked and tied and broken ones too", () => {
    const value = fc.oneof(
      { weight: 10, arbitrary: fc.double({ min: -50, max: 50, noNaN: true }) },
      { weight: 3, arbitrary: fc.constantFrom(-Infinity, 0, 1, 1e4, -1e4) },
      { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity) },
    );
    const row = fc.tuple(
      fc.array(value, { minLength: 4, maxLength: 4 }),
      fc.integer({ min: -1, max: 3 }),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), temperature, (rows, T) => {
        const block = Float64Array.from(rows.flatMap(([z]) => z));
        const labels = Int32Array.from(rows, ([, label]) => label);
        compare({ classes: 4, block, labels }, [T]);
      }),
    );
  });

  it("gives m equal maxima exactly 1/m, so that none changes its bin", () => {
    const ties = [1, 2, 3, 5, 10];
    const block = Float64Array.from({ length: 50 }, (_, e) =>
      e % 10 < ties[Math.floor(e / 10)] ? 4 : -2000,
    );
    const profile = profileOf({ classes: 10, block, labels: new Int32Array(5) });
    const out = createRowMeasures(5);
    for (const T of temperatures(200)) {
      evaluateRows(profile, T, out);
      expect([...out.confidence]).toEqual(ties.map(m => 1 / m));
    }
  });

  it("is best at T = ½, 1 and 2, where it need not interpolate", () => {
    const data = adversarial(3, 10);
    const profile = profileOf(data);
    const actual = createRowMeasures(data.labels.length);
    for (const T of [0.5, 1, 2]) {
      evaluateRows(profile, T, actual);
      const { entropy } = direct(data, T);
      for (let r = 0; r < entropy.length; r++) {
        expectNear(actual.entropy[r], entropy[r], 2e-7, `entropy of ${data.kinds[r]} at T = ${T}`);
      }
    }
  });
});
