import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bootstrapEce,
  calibrationError,
  eceIfCalibrated,
  equalWidthBins,
  type Scored,
} from "../../../src/core";
import { randomStream } from "../../../src/core/calibration/random";
import { expectClose } from "../support";
import { convention, meanOf, pairs, scored, scoredOf } from "./rows";

const eceOf = (rows: { c: number; a: number }[], bins: number, ends: "[lo, hi)" | "(lo, hi]") =>
  calibrationError(
    equalWidthBins(
      scoredOf(
        rows.map(r => r.c),
        rows.map(r => r.a),
      ),
      bins,
      ends,
    ),
  ).ece;

/** NumPy's default quantile. */
function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)];
  return below + (at % 1) * (sorted[Math.ceil(at)] - below);
}

const filled = scored.filter(rows => pairs(rows).length > 0);

describe("the bootstrap of the ECE", () => {
  it("is the pivotal interval of ECEs of resampled rows", () => {
    fc.assert(
      fc.property(filled, convention, fc.nat(), (rows, ends, seed) => {
        const all = pairs(rows);
        const random = randomStream(seed);
        const eces = Array.from({ length: 25 }, () =>
          eceOf(
            all.map(() => all[Math.floor((random() / 2 ** 32) * all.length)]),
            9,
            ends,
          ),
        );
        const ece = eceOf(all, 9, ends);
        const actual = bootstrapEce(rows, { bins: 9, convention: ends, draws: 25, seed });
        expectClose(actual.low, 2 * ece - quantile(eces, 0.975));
        expectClose(actual.high, 2 * ece - quantile(eces, 0.025));
      }),
    );
  });

  it("covers the ECE of the source from which rows were drawn", () => {
    // Two confidences, each 0.1 too high: the ECE of the source is 0.1 exactly.
    const random = randomStream(7);
    let covered = 0;
    for (let trial = 0; trial < 100; trial++) {
      const confidence = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 0.6 : 0.9));
      const correct = confidence.map(c => random() / 2 ** 32 < c - 0.1);
      const options = { bins: 10, convention: "[lo, hi)", draws: 200 } as const;
      const { low, high } = bootstrapEce(scoredOf(confidence, correct), options);
      if (low <= 0.1 && 0.1 <= high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(88);
  });
});

describe("the ECE of a calibrated model", () => {
  it("is that of rows that are right by chance with their confidence", () => {
    fc.assert(
      fc.property(filled, convention, fc.nat(), (rows, ends, seed) => {
        const random = randomStream(seed);
        const eces = Array.from({ length: 25 }, () =>
          eceOf(
            pairs(rows).map(({ c }) => ({ c, a: random() / 2 ** 32 < c ? 1 : 0 })),
            9,
            ends,
          ),
        );
        const actual = eceIfCalibrated(rows, { bins: 9, convention: ends, draws: 25, seed });
        expectClose(actual.mean, meanOf(eces));
        expectClose(actual.quantile95, quantile(eces, 0.95));
      }),
    );
  });

  it("is 0 only for certainty", () => {
    const options = { bins: 15, convention: "[lo, hi)" } as const;
    expect(eceIfCalibrated(scoredOf([1, 1], [1, 1]), options)).toEqual({ mean: 0, quantile95: 0 });
    const { mean, quantile95 } = eceIfCalibrated(scoredOf([0.5, 0.5], [1, 0]), options);
    expectClose(mean, 0.25, 0.05); // |hits/2 − ½| is ½, 0, 0 or ½
    expect(quantile95).toBe(0.5);
  });
});

it("the same seed gives the same interval, another one another", () => {
  const rows: Scored = scoredOf([0.5, 0.7, 0.9, 0.8], [1, 0, 1, 1]);
  const at = (seed: number) =>
    bootstrapEce(rows, { bins: 5, convention: "(lo, hi]", draws: 50, seed });
  expect(at(3)).toEqual(at(3));
  expect(at(3)).not.toEqual(at(4));
  expect(bootstrapEce(scoredOf([], []), { bins: 5, convention: "(lo, hi]" }).low).toBeNaN();
});

it("the random stream is xoshiro128** after SplitMix32", () => {
  // Both written down anew from their publications in Python, with whole numbers of any size.
  const first = (seed: number) => Array.from({ length: 4 }, randomStream(seed));
  expect(first(1)).toEqual([393288148, 2174103013, 3814759091, 2092745082]);
  expect(first(42)).toEqual([660444221, 3652823732, 77672526, 910233633]);
});
