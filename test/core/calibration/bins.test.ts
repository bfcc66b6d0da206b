import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  binOf,
  brierParts,
  calibrationError,
  debiasedL2,
  eceByBins,
  equalMassBins,
  equalWidthBins,
  equalWidthEdges,
  rankRows,
  reliabilityBins,
  wilsonInterval,
  type BinConvention,
  type Scored,
} from "../../../src/core";
import { convention, conventions, meanOf, pairs, scored, scoredOf, expectSame } from "./rows";

type Rows = { c: number; a: number }[];
const someBins = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(49, 100));

/** Each bin is asked which rows it wants. */
function naiveWidth(rows: Scored, bins: number, ends: BinConvention): Rows[] {
  return Array.from({ length: bins }, (_, b) => {
    const lo = b * (1 / bins);
    const hi = (b + 1) * (1 / bins);
    return pairs(rows).filter(({ c }) =>
      ends === "[lo, hi)"
        ? c >= lo && (c < hi || b === bins - 1)
        : (c > lo || b === 0) && (c <= hi || b === bins - 1),
    );
  });
}

function naiveMass(rows: Scored, bins: number): Rows[] {
  const sorted = pairs(rows).sort((x, y) => x.c - y.c);
  const sizes = Array.from(
    { length: bins },
    (_, b) => Math.floor(sorted.length / bins) + (b < sorted.length % bins ? 1 : 0),
  );
  return sizes.map(size => sorted.splice(0, size));
}

const gapOf = (rows: Rows) => Math.abs(meanOf(rows.map(r => r.a)) - meanOf(rows.map(r => r.c)));

function naiveErrors(bins: Rows[]) {
  const filled = bins.filter(rows => rows.length > 0);
  const n = filled.reduce((sum, rows) => sum + rows.length, 0);
  if (n === 0) return { ece: NaN, mce: NaN, rmsce: NaN, debiased: NaN };
  const sumOf = (f: (rows: Rows) => number) =>
    filled.reduce((sum, rows) => sum + (rows.length / n) * f(rows), 0);
  const noise = (rows: Rows) => {
    const accuracy = meanOf(rows.map(r => r.a));
    return (accuracy * (1 - accuracy)) / (rows.length - 1);
  };
  return {
    ece: sumOf(gapOf),
    mce: Math.max(...filled.map(gapOf)),
    rmsce: Math.sqrt(sumOf(rows => gapOf(rows) ** 2)),
    debiased: Math.sqrt(
      Math.max(
        0,
        sumOf(rows => (rows.length < 2 ? 0 : gapOf(rows) ** 2 - noise(rows))),
      ),
    ),
  };
}

describe("bins of equal width", () => {
  it("hold the rows that lie between their edges", () => {
    fc.assert(
      fc.property(scored, someBins, convention, (rows, bins, ends) => {
        const actual = equalWidthBins(rows, bins, ends);
        const expected = naiveWidth(rows, bins, ends);
        expect([...actual.count]).toEqual(expected.map(inside => inside.length));
        const { ece, mce, rmsce } = naiveErrors(expected);
        const errors = calibrationError(actual);
        expectSame(errors.ece, ece);
        expectSame(errors.mce, mce);
        expectSame(errors.rmsce, rmsce);
      }),
      { numRuns: 300 },
    );
  });

  it("have NumPy's edges, and both 0 and 1 inside", () => {
    expect(equalWidthEdges(10)[3]).toBe(0.30000000000000004);
    for (let bins = 1; bins <= 100; bins++) {
      const edges = equalWidthEdges(bins);
      for (const ends of conventions) {
        expect(binOf(0, edges, ends)).toBe(0);
        expect(binOf(1, edges, ends)).toBe(bins - 1);
        expect(binOf(1.00001, edges, ends)).toBe(bins - 1);
      }
      for (let b = 1; b < bins; b++) {
        expect(binOf(edges[b], edges, "[lo, hi)")).toBe(b);
        expect(binOf(edges[b], edges, "(lo, hi]")).toBe(b - 1);
      }
    }
  });

  it("give the ECE of each number of bins", () => {
    fc.assert(
      fc.property(scored, convention, (rows, ends) => {
        const actual = eceByBins(rankRows(rows), ends, 5, 12);
        expect(actual).toHaveLength(8);
        actual.forEach((ece, i) => expectSame(ece, naiveErrors(naiveWidth(rows, 5 + i, ends)).ece));
        expect(eceByBins(rankRows(rows), ends)).toHaveLength(46);
      }),
      { numRuns: 30 },
    );
  });

  it("refuse a number that is none", () => {
    for (const bins of [0, -1, 1.5, NaN, Infinity]) {
      expect(() => equalWidthBins(scoredOf([], []), bins, "[lo, hi)")).toThrow(RangeError);
      expect(() => equalMassBins(rankRows(scoredOf([], [])), bins)).toThrow(
        "whole number from 1 on",
      );
    }
  });
});

describe("bins of equal mass", () => {
  it("are cut from the rows in order, ties as they stand", () => {
    fc.assert(
      fc.property(scored, someBins, (rows, bins) => {
        const actual = equalMassBins(rankRows(rows), bins);
        const expected = naiveMass(rows, bins);
        expected.forEach((inside, b) => {
          expect(actual.count[b]).toBe(inside.length);
          expect(actual.correct[b]).toBe(inside.reduce((sum, r) => sum + r.a, 0));
          expect(actual.lo[b]).toBe(inside.length > 0 ? inside[0].c : NaN);
          expect(actual.hi[b]).toBe(inside.length > 0 ? inside[inside.length - 1].c : NaN);
        });
        expectSame(calibrationError(actual).ece, naiveErrors(expected).ece);
        expectSame(debiasedL2(actual), naiveErrors(expected).debiased);
      }),
      { numRuns: 300 },
    );
  });
});

describe("reliability bins", () => {
  it("say what is in them", () => {
    const rows = scoredOf([0.6, 0.7, 0.95], [1, 0, 1]);
    const [low, , high] = reliabilityBins(equalWidthBins(rows, 3, "[lo, hi)"));
    expect(low).toEqual({
      lo: 0,
      hi: 1 / 3,
      count: 0,
      confidence: NaN,
      accuracy: NaN,
      gap: NaN,
      wilsonLow: NaN,
      wilsonHigh: NaN,
    });
    expect(high).toMatchObject({ lo: 2 / 3, hi: 1, count: 2, accuracy: 0.5 });
    expectSame(high.confidence, 0.825);
    expectSame(high.gap, -0.325);
  });

  it("have Wilson's interval", () => {
    // statsmodels.stats.proportion.proportion_confint(8, 10, method="wilson")
    const { low, high } = wilsonInterval(8, 10);
    expectSame(low, 0.490162471536642, 1e-9);
    expectSame(high, 0.9433178485456247, 1e-9);
  });

  it("have an interval around the accuracy whose ends solve |p − q| = 1.96·√(q(1 − q)/n)", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, part) => {
          const p = Math.round(part * n) / n;
          const { low, high } = wilsonInterval(p * n, n);
          expect(low).toBeLessThanOrEqual(p);
          expect(high).toBeGreaterThanOrEqual(p);
          for (const q of [low, high]) {
            expectSame((p - q) ** 2, (1.959963984540054 ** 2 * q * (1 - q)) / n);
          }
        },
      ),
    );
  });
});

describe("the parts of Brier's score", () => {
  it("make up the score", () => {
    fc.assert(
      fc.property(scored, someBins, convention, (rows, bins, ends) => {
        const p = brierParts(rows, bins, ends);
        const sum = p.reliability - p.resolution + p.uncertainty + p.variance - 2 * p.covariance;
        if (pairs(rows).length === 0) expect([p.score, sum]).toEqual([NaN, NaN]);
        else expect(Math.abs(p.score - sum)).toBeLessThan(1e-15);
      }),
      { numRuns: 300 },
    );
  });

  it("are each what they are called", () => {
    fc.assert(
      fc.property(scored, someBins, convention, (rows, bins, ends) => {
        const all = pairs(rows);
        if (all.length === 0) return;
        const filled = naiveWidth(rows, bins, ends).filter(inside => inside.length > 0);
        const over = (f: (r: { c: number; a: number }, c: number, a: number) => number) =>
          filled
            .flatMap(inside => {
              const c = meanOf(inside.map(r => r.c));
              const a = meanOf(inside.map(r => r.a));
              return inside.map(r => f(r, c, a));
            })
            .reduce((sum, v) => sum + v / all.length, 0);
        const base = meanOf(all.map(r => r.a));
        const actual = brierParts(rows, bins, ends);
        expectSame(actual.score, meanOf(all.map(r => (r.c - r.a) ** 2)));
        expectSame(
          actual.reliability,
          over((_, c, a) => (c - a) ** 2),
        );
        expectSame(
          actual.resolution,
          over((_, _c, a) => (a - base) ** 2),
        );
        expectSame(actual.uncertainty, base * (1 - base));
        expectSame(
          actual.variance,
          over((r, c) => (r.c - c) ** 2),
        );
        expectSame(
          actual.covariance,
          over((r, c, a) => (r.c - c) * (r.a - a)),
        );
      }),
    );
  });
});
