import { describe, expect, it } from "vitest";
import {
  covers,
  createRowMeasures,
  describe as describeRow,
  equalWidthEdges,
  errorBound,
  evaluateRows,
  liveMetrics,
  ProfileEvaluator,
  type BinConvention,
  type LiveMetrics,
} from "../../../src/core";
import { decay } from "../../../src/core/profile/decay";
import { runSteps } from "../../../src/core/steps";
import { LogSum } from "../../../src/core/profile/logSum";
import { expectClose } from "../support";
import { adversarial, direct, profileOf, temperatures, type Dataset } from "./support";

const conventions: BinConvention[] = ["[lo, hi)", "(lo, hi]"];
const uncovered = [0, 0.0499, 20.001, Infinity, -1, NaN];
const counts = [
  "rows",
  "used",
  "unlabelled",
  "unusable",
  "accuracy",
  "top5",
  "trueClassZeros",
  "convention",
] as const;
const means = ["nll", "brier", "confidence", "entropy"] as const;
const errors = ["ece", "mce", "rmsce"] as const;

/** Everything but the bins and what is made of them. */
function expectSameMeans(actual: LiveMetrics, expected: LiveMetrics, tolerance: number): void {
  for (const name of counts) expect(actual[name]).toEqual(expected[name]);
  for (const name of means) expectClose(actual[name], expected[name], tolerance);
}

/**
 * How many confidences are so near to an inner edge of the bins that the profile's error can put
 * them on its other side.
 */
function undecided(data: Dataset, T: number, bins: number): number {
  const { confidence, used } = direct(data, T);
  const { logZ } = errorBound(data.classes);
  const edges = equalWidthEdges(bins).subarray(1, bins);
  return confidence.filter(
    (c, r) => used[r] === 1 && edges.some(edge => Math.abs(c - edge) <= logZ * c),
  ).length;
}

describe("the metrics by a profile", () => {
  it("are those of its rows", () => {
    const data = adversarial(60, 10); // more rows than one tile
    const profile = profileOf(data);
    const evaluator = new ProfileEvaluator(profile);
    const measures = createRowMeasures(data.labels.length);
    for (const T of temperatures(20)) {
      evaluateRows(profile, T, measures);
      for (const convention of conventions) {
        const rows = liveMetrics(measures, 15, convention);
        const actual = evaluator.metrics(T, 15, convention);
        // Rows may not fall below 0, while of a mean the last digits do as they like.
        expectSameMeans(actual, rows, 1e-7);
        for (const name of errors) expectClose(actual[name], rows[name]);
        actual.bins.forEach((bin, b) => {
          expect(bin.count).toBe(rows.bins[b].count);
          for (const key of ["lo", "hi", "confidence", "accuracy", "wilsonLow"] as const) {
            if (bin.count > 0) expectClose(bin[key], rows.bins[b][key]);
          }
        });
      }
    }
  });

  it.each([
    { classes: 1, rows: 2, count: 20 },
    { classes: 2, rows: 20, count: 100 },
    { classes: 10, rows: 20, count: 100 },
    { classes: 1000, rows: 5, count: 60 },
    { classes: 151_936, rows: 1, count: 6 },
  ])(
    "are those of the logits for $classes classes",
    ({ classes, rows, count }) => {
      const data = adversarial(rows, classes);
      const evaluator = new ProfileEvaluator(profileOf(data));
      const prepared = new ProfileEvaluator(profileOf(data));
      runSteps(prepared.prepare());
      for (const T of temperatures(count)) {
        const exact = liveMetrics(direct(data, T), 15, "[lo, hi)");
        const actual = evaluator.metrics(T, 15, "[lo, hi)");
        expectSameMeans(prepared.metrics(T, 15, "[lo, hi)"), exact, 1e-6);
        expectSameMeans(actual, exact, 1e-6);
        // Each row that changes its bin moves Σ|Σ(a − c)| by no more than 2, and the bins on either
        // side of the edge; a bin's own gap can be all its own.
        const moved = undecided(data, T, 15);
        expect(Math.abs(actual.ece - exact.ece)).toBeLessThanOrEqual(
          1e-6 + (2 * moved) / Math.max(1, exact.used),
        );
        if (moved === 0) {
          for (const name of errors) expectClose(actual[name], exact[name], 1e-6);
          expect(actual.bins.map(bin => bin.count)).toEqual(exact.bins.map(bin => bin.count));
        }
      }
    },
    60_000,
  );

  it("know the energy", () => {
    const data = adversarial(2, 10);
    const evaluator = new ProfileEvaluator(profileOf(data));
    for (const T of temperatures(20)) {
      const energies = Array.from(data.labels, (_, r) =>
        describeRow(data.block.subarray(10 * r, 10 * r + 10), T),
      ).filter((_, r) => data.labels[r] >= 0);
      const mean = energies.reduce((sum, { energy }) => sum + energy, 0) / energies.length;
      expectClose(evaluator.metrics(T, 15, "[lo, hi)").energy, mean, 1e-7);
    }
  });

  it("say that the NLL is infinite where a label is masked", () => {
    const block = Float64Array.of(0, -Infinity, 1, 0);
    const profile = profileOf({ classes: 2, block, labels: Int32Array.of(1, 0) });
    const metrics = new ProfileEvaluator(profile).metrics(1, 10, "[lo, hi)");
    expect(metrics).toMatchObject({ used: 2, accuracy: 0.5, nll: Infinity, trueClassZeros: 1 });
    expectClose(metrics.brier, (2 + 2 * (1 / (1 + Math.E)) ** 2) / 2, 1e-7);
  });

  it.each([0, 3])("are NaN without labels, of %i rows", rows => {
    const labels = new Int32Array(rows).fill(-1);
    const data = { classes: 2, block: new Float64Array(2 * rows), labels };
    const actual = new ProfileEvaluator(profileOf(data)).metrics(1, 3, "(lo, hi]");
    expect(actual).toEqual({ ...liveMetrics(direct(data, 1), 3, "(lo, hi]"), energy: NaN });
    expect(actual).toMatchObject({ used: 0, unlabelled: rows, nll: NaN, ece: NaN });
  });
});

describe("what a profile covers", () => {
  it("is T from 0.05 to 20", () => {
    expect([0.05, 1, 20].map(covers)).toEqual([true, true, true]);
    expect(uncovered.map(covers)).toEqual(uncovered.map(() => false));
  });

  it("is all it answers for", () => {
    const profile = profileOf(adversarial(1, 3));
    const evaluator = new ProfileEvaluator(profile);
    const out = createRowMeasures(profile.rows);
    for (const T of uncovered) {
      expect(() => evaluateRows(profile, T, out)).toThrow(RangeError);
      expect(() => evaluator.metrics(T, 15, "[lo, hi)")).toThrow("from 0.05 to 20");
    }
    expect(() => evaluateRows(profile, 1, createRowMeasures(1))).toThrow("do not fit");
    expect(() => evaluator.metrics(1, 0, "[lo, hi)")).toThrow("number of bins");
    expect(() => evaluator.metrics(1, 1001, "[lo, hi)")).toThrow("1000 bins at most");
  });
});

describe("a sum of logarithms", () => {
  it("outlives products that overflow", () => {
    const logs = new LogSum();
    for (let i = 0; i < 1000; i++) logs.add(1e9);
    logs.add(2);
    expectClose(logs.total(), 9000 * Math.LN10 + Math.LN2, 1e-12);
  });
});

describe("the decay", () => {
  it("is the exponential to 1e-11 and 1 at 0", () => {
    expect(decay(0)).toBe(1);
    for (let x = 0; x < 39.9; x += 0.00317) {
      expect(Math.abs(decay(x) * Math.exp(x) - 1)).toBeLessThan(1e-11);
    }
    expect([39.999, 40, 1e9, Infinity].map(x => decay(x) < 5e-18)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});
