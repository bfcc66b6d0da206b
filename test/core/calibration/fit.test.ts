import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  crossValidate,
  fitTemperature,
  kFold,
  logSoftmax,
  LossSums,
  rowState,
  softmax,
  summarise,
  type Passes,
  type TemperatureFit,
} from "../../../src/core";
import { expectClose, logit } from "../support";
import {
  blockOf,
  dataFrom,
  dataOf,
  lossAt,
  lossesOf,
  measured,
  roughData,
  type Data,
} from "./rows";

function fit(data: Data, scale = 1): Promise<TemperatureFit> {
  return fitTemperature(lossesOf(blockOf(data, scale), data.classes, data.labels));
}

/** Whether no class beats a label; whether all logits of every row are equal. */
const isSeparable = ({ rows, labels }: Data) =>
  rows.every((z, r) => z[labels[r]] >= Math.max(...z));
const isFlat = ({ rows }: Data) => rows.every(z => z.every(v => v === z[0]));

/** NLL at β by logSoftmax. */
const naiveNll = ({ rows, labels }: Data, beta: number) =>
  rows.reduce((sum, z, r) => sum - logSoftmax(z, 1 / beta)[labels[r]], 0) / rows.length;

/** The lowest point by thirds of a range of ln β, as the NLL has only one. */
function naiveBeta(data: Data): number {
  let low = -30;
  let high = 30;
  while (high - low > 1e-9) {
    const a = low + (high - low) / 3;
    const b = high - (high - low) / 3;
    if (naiveNll(data, Math.exp(a)) <= naiveNll(data, Math.exp(b))) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

/** Ten rows or so on one scale, mostly right, so that there usually is an optimum. */
const learnt = dataFrom(fc.double({ min: -6, max: 6, noNaN: true })).map(data => ({
  ...data,
  rows: data.rows.map((z, r) => z.map((v, k) => (k === data.labels[r] ? v + 3 : v))),
}));

/** Logits whose squares don't vanish: differences of 1e-200 would be equal to a fit. */
const notTiny = logit.map(v => (Math.abs(v) < 1e-9 ? 0 : v));

describe("the loss", () => {
  it("is what the definitions say", () => {
    fc.assert(
      fc.property(roughData, fc.double({ min: 0.05, max: 20, noNaN: true }), (data, beta) => {
        const sums = new LossSums(data.classes, beta);
        sums.add(blockOf(data), data.labels);
        const actual = sums.point();
        const used = data.rows.flatMap((z, r) =>
          rowState(z) === "usable" && data.labels[r] >= 0 ? [{ z, y: data.labels[r] }] : [],
        );
        expect(actual.rows).toBe(used.length);
        const zeros = used.filter(({ z, y }) => z[y] === -Infinity).length;
        expect(actual.trueClassZeros).toBe(zeros);
        if (used.length === 0 || zeros > 0) return;
        const mean = (f: (z: readonly number[], y: number, p: Float64Array) => number) =>
          used.reduce((sum, { z, y }) => sum + f(z, y, softmax(z, 1 / beta)), 0) / used.length;
        const over = (p: Float64Array, z: readonly number[], f: (v: number) => number) =>
          p.reduce((sum, q, k) => (q > 0 ? sum + q * f(z[k]) : sum), 0);
        expectClose(
          actual.nll,
          mean((z, y) => -logSoftmax(z, 1 / beta)[y]),
        );
        expectClose(
          actual.g,
          mean((z, y, p) => over(p, z, v => v) - z[y]),
          1e-11,
        );
        expectClose(
          actual.h,
          mean((z, _, p) => {
            const centre = over(p, z, v => v);
            return over(p, z, v => (v - centre) ** 2);
          }),
          1e-10,
        );
        expectClose(
          actual.shortfall,
          mean((z, y) => Math.max(...z) - z[y]),
        );
      }),
    );
  });

  it("has the limits of β", () => {
    const sums = (beta: number) => {
      const one = new LossSums(3, beta);
      one.add(Float64Array.of(0, 2, -Infinity), [0]);
      return one.point();
    };
    expect(sums(0)).toMatchObject({ nll: Math.LN2, g: 1, h: 1, shortfall: 2 });
    expect(sums(Infinity)).toMatchObject({ nll: Infinity, g: 2, h: 0 });
    expect(() => new LossSums(2, -1)).toThrow(RangeError);
  });
});

describe("a fitted temperature", () => {
  it("has the lowest NLL", async () => {
    await fc.assert(
      fc.asyncProperty(learnt, async data => {
        const found = await fit(data);
        if (found.verdict !== "optimum") return;
        const nearby = [0.999, 1.001].map(factor => naiveNll(data, factor / found.T));
        for (const nll of nearby) expect(found.nll).toBeLessThanOrEqual(nll);
        expectClose(found.nll, naiveNll(data, 1 / found.T));
        expectClose(found.nll, naiveNll(data, naiveBeta(data)), 1e-9);
        expect(Math.abs(found.gradient)).toBeLessThan(1e-9);
        expect(found.evaluations).toBeLessThan(40);
      }),
      { numRuns: 40 },
    );
  });

  it("tells by its verdict whether there is one", async () => {
    await fc.assert(
      fc.asyncProperty(dataFrom(notTiny), async data => {
        const { verdict, T } = await fit(data);
        const slopeAtUniform = lossAt(blockOf(data), data.classes, data.labels, 0);
        if (isFlat(data)) expect([verdict, T]).toEqual(["undefined", NaN]);
        else if (isSeparable(data)) expect([verdict, T]).toEqual(["separable", 0]);
        else if (slopeAtUniform.g >= 0)
          expect([verdict, T]).toEqual(["worse than uniform", Infinity]);
        else expect(["optimum", "worse than uniform"]).toContain(verdict);
      }),
      { numRuns: 300 },
    );
  });

  it("scales with the logits, from a millionth to a million", async () => {
    const exponent = fc.double({ min: -6, max: 6, noNaN: true });
    await fc.assert(
      fc.asyncProperty(learnt, exponent, async (data, e) => {
        const scale = 10 ** e;
        const plain = await fit(data);
        const scaled = await fit(data, scale);
        expect(scaled.verdict).toBe(plain.verdict);
        expect(scaled.evaluations).toBeLessThan(60);
        if (plain.verdict === "optimum") expectClose(scaled.T / scale / plain.T, 1, 1e-9);
      }),
      { numRuns: 100 },
    );
  });

  it("has a mean entropy that is the NLL, and answers no row otherwise (Guo 2017)", async () => {
    await fc.assert(
      fc.asyncProperty(learnt, async data => {
        const found = await fit(data);
        if (found.verdict !== "optimum") return;
        const before = summarise(measured(data));
        const after = summarise(measured(data, found.T));
        expectClose(after.entropy, after.nll, 1e-9);
        expectClose(after.nll, found.nll);
        expect(after.accuracy).toBe(before.accuracy);
      }),
    );
  });

  it("finds the temperature that labels were drawn at, within its interval", async () => {
    // Of 400 rows [0, 1], the second class is right as often as T = 2 has it: 249 times.
    const rows = Array.from({ length: 400 }, () => [0, 1]);
    const found = await fit(
      dataOf(
        rows,
        rows.map((_, r) => (r < 249 ? 1 : 0)),
      ),
    );
    expectClose(found.T, 1 / Math.log(249 / 151), 1e-12);
    // The logit of a proportion has the variance 1/(n p q).
    const se = found.T / Math.sqrt((249 * 151) / 400);
    expectClose(found.standardError, se, 1e-9);
    expectClose(found.low, found.T * Math.exp(-1.959963984540054 * se));
    expectClose(found.high, found.T * Math.exp(1.959963984540054 * se));
    expect(found.sentence).toBe("The NLL is lowest at T = 1.999 (95 % interval 1.335 to 2.995).");
  });

  it("survives masks that are large numbers", async () => {
    const rows = [
      [0, 2, 1],
      [1, 0.5, 0],
      [2, 1, 1.5],
      [0, 1, 3],
    ];
    const labels = [1, 0, 2, 2];
    const plain = await fit(
      dataOf(
        rows.map(z => [...z, -Infinity]),
        labels,
      ),
    );
    for (const mask of [-1e4, -1e9, -3.4028234663852886e38, -Number.MAX_VALUE]) {
      const masked = await fit(
        dataOf(
          rows.map(z => [...z, mask]),
          labels,
        ),
      );
      expectClose(masked.T, plain.T, 1e-9);
      expect(masked.evaluations).toBeLessThan(60);
    }
  });
});

describe("a verdict in words", () => {
  it.each([
    [
      "separable",
      [
        [2, 1],
        [0, 3],
      ],
      [0, 1],
      "all the way to T = 0",
    ],
    [
      "worse than uniform",
      [
        [2, 1],
        [0, 3],
      ],
      [1, 0],
      "less about the labels than equal chances",
    ],
    [
      "worse than uniform",
      [
        [0, -Infinity],
        [1, 0],
      ],
      [1, 0],
      "1 row has the true class at probability 0",
    ],
    [
      "undefined",
      [
        [1, 1],
        [3, 3],
      ],
      [0, 1],
      "All scores of a row are equal",
    ],
    ["undefined", [[7], [3]], [0, 0], "temperature changes nothing"],
    [
      "undefined",
      [
        [1, 2],
        [NaN, 1],
      ],
      [-1, 0],
      "nothing to fit",
    ],
  ] as const)("%s: %j with %j", async (verdict, rows, labels, words) => {
    const found = await fit(dataOf(rows, labels));
    expect(found.verdict).toBe(verdict);
    expect(found.sentence).toContain(words);
    expect(found.sentence).toMatch(/^\S.*\.$/);
    expect([found.standardError, found.low, found.gradient]).toEqual([NaN, NaN, NaN]);
  });

  it("has the NLL of its limit", async () => {
    const separable = await fit(
      dataOf(
        [
          [2, 1],
          [3, 3],
        ],
        [0, 1],
      ),
    );
    expectClose(separable.nll, Math.LN2 / 2); // the tie stays even at T = 0
    const worse = await fit(dataOf([[2, 1]], [1]));
    expectClose(worse.nll, Math.LN2);
    expect((await fit(dataOf([[0, -Infinity]], [1]))).nll).toBe(Infinity);
  });

  it("handles one row, right or wrong", async () => {
    expect((await fit(dataOf([[1, 0]], [0]))).verdict).toBe("separable");
    expect((await fit(dataOf([[1, 0]], [1]))).verdict).toBe("worse than uniform");
    // Between a larger and a much smaller logit: mean z is below the label's, max z above.
    expect((await fit(dataOf([[1, 0, -5]], [1]))).verdict).toBe("optimum");
  });

  it("lets an interrupted evaluation through", async () => {
    const stop = () => Promise.reject(new Error("stopped"));
    await expect(fitTemperature(stop)).rejects.toThrow("stopped");
  });
});

describe("folds", () => {
  it("share out all rows evenly, by the seed", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 200 }),
        fc.integer({ min: 2, max: 12 }),
        fc.nat(),
        (rows, folds, seed) => {
          const fold = kFold(rows, folds, seed);
          expect(fold).toHaveLength(rows);
          const sizes = Array.from({ length: folds }, (_, f) => fold.filter(v => v === f).length);
          expect(sizes.reduce((sum, n) => sum + n, 0)).toBe(rows);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          expect(kFold(rows, folds, seed)).toEqual(fold);
        },
      ),
    );
    expect(kFold(50, 5, 1)).not.toEqual(kFold(50, 5, 2));
    for (const folds of [1, 0, 2.5, NaN]) expect(() => kFold(10, folds)).toThrow(RangeError);
  });

  it("are measured at the temperature that was fitted without them", async () => {
    const rows = Array.from({ length: 90 }, (_, r) => [Math.sin(r) * 3, Math.cos(3 * r) * 3, 0]);
    const labels = rows.map((z, r) => (r % 3 === 0 ? (r * 7) % 3 : z.indexOf(Math.max(...z))));
    const data = dataOf(
      rows,
      labels.map((label, r) => (r === 5 ? -1 : label)),
    );
    const passes: Passes = {
      losses: (betas, subset) => lossesOf(blockOf(data), 3, subset)(betas),
      measure: async temperatures => measured(data, temperatures),
    };
    const actual = await crossValidate(passes, data.labels, 5, 9);
    const fold = kFold(90, 5, 9);
    const alone = await Promise.all(
      Array.from({ length: 5 }, (_, f) => {
        const kept = rows.map((_z, r) => r).filter(r => fold[r] !== f);
        return fit(
          dataOf(
            kept.map(r => rows[r]),
            kept.map(r => data.labels[r]),
          ),
        );
      }),
    );
    expect(new Set(alone.map(({ T }) => T)).size).toBe(5);
    actual.fits.forEach((found, f) => {
      expectClose(found.T, alone[f].T, 1e-9);
      expect(found.rows).toBe(alone[f].rows);
    });
    rows.forEach((z, r) => {
      if (r !== 5) {
        expectClose(actual.measures.nll[r], -logSoftmax(z, alone[fold[r]].T)[labels[r]], 1e-9);
      }
    });
    expect(summarise(actual.measures).used).toBe(89);
  });

  it("of nothing to fit are measured at T = 1", async () => {
    const data = dataOf(
      [
        [1, 1],
        [2, 2],
        [0, 0],
      ],
      [0, 1, 1],
    );
    const passes: Passes = {
      losses: (betas, subset) => lossesOf(blockOf(data), 2, subset)(betas),
      measure: async temperatures => measured(data, temperatures),
    };
    expectClose(summarise((await crossValidate(passes, data.labels, 2)).measures).nll, Math.LN2);
  });
});
