import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gapForProbability, oddsOf, softmax } from "../../src/core";
import { expectClose, logit, logits, temperature } from "./support";

describe("odds of two classes", () => {
  it("meets worked values", () => {
    // exp(3/2), its probability, and 2·ln 9, by mpmath with 50 digits.
    const { gap, odds, probability } = oddsOf([4, 0, 1], 0, 2, 2);
    expect(gap).toBe(3);
    expectClose(odds, 4.4816890703380648);
    expectClose(probability, 0.81757447619364366);
    expectClose(gapForProbability(0.9, 2), 4.3944491546724388);
  });

  it("agrees with the softmax", () => {
    fc.assert(
      fc.property(logits, fc.nat(), fc.nat(), temperature, (z, i, j, T) => {
        const [a, b] = [i % z.length, j % z.length];
        const pair = softmax([z[a], z[b]], T);
        const { odds, probability } = oddsOf(z, a, b, T);
        expectClose(probability, a === b ? 0.5 : pair[0]);
        fc.pre(odds > 1e-300 && odds < 1e300); // beyond, they lose digits or overflow
        expectClose(Math.log(odds), (z[a] - z[b]) / T, 1e-11);
      }),
    );
  });

  it.each([
    // z_a, z_b, T, gap, odds, probability
    [3, 1, 0, 2, Infinity, 1],
    [1, 3, 0, -2, 0, 0],
    [3, 3, 0, 0, 1, 0.5],
    [3, 1, Infinity, 2, 1, 0.5],
    [3, -Infinity, 1, Infinity, Infinity, 1],
    [3, -Infinity, Infinity, Infinity, Infinity, 1],
    [-Infinity, 3, 0, -Infinity, 0, 0],
    [-Infinity, 3, Infinity, -Infinity, 0, 0],
    [-Infinity, -Infinity, 1, NaN, NaN, NaN],
    [NaN, 1, 1, NaN, NaN, NaN],
    [1e308, -1e308, 1, Infinity, Infinity, 1],
  ])("of %s against %s at T = %s", (a, b, T, gap, odds, probability) => {
    expect(oddsOf([a, b], 0, 1, T)).toEqual({ gap, odds, probability });
  });

  it("tames a gap too large for a float64", () => {
    expectClose(oddsOf([1e308, -1e308], 0, 1, 1e308).odds, Math.exp(2));
    expectClose(oddsOf([1e308, -1e308], 1, 0, 1e308).odds, Math.exp(-2));
  });

  it("refuses a class the row has not, and a bad temperature", () => {
    expect(() => oddsOf([1, 2], 0, 2, 1)).toThrow("no class 2 in a row of 2");
    expect(() => oddsOf([1, 2], 0.5, 1, 1)).toThrow(RangeError);
    expect(() => oddsOf([1, 2], 0, 1, -1)).toThrow(RangeError);
  });
});

describe("gap, odds and probability", () => {
  it("return where they came from", () => {
    fc.assert(
      fc.property(logit, temperature, (gap, T) => {
        fc.pre(Math.abs(gap / T) < 10); // beyond, 1 − q has few digits left
        const q = oddsOf([gap, 0], 0, 1, T).probability;
        expectClose(gapForProbability(q, T), gap, 1e-10);
      }),
    );
  });

  it.each([
    // q, T, gap
    [1, 1, Infinity],
    [0, 1, -Infinity],
    [0.5, 1, 0],
    [0.5, 0, 0],
    [0.5, Infinity, 0],
    [0.9, Infinity, Infinity],
    [0.1, Infinity, -Infinity],
    [0.9, 0, 0],
    [1, 0, 0],
    [0, 0, 0],
  ])("probability %s at T = %s needs a gap of %s", (q, T, gap) => {
    expect(gapForProbability(q, T)).toBe(gap);
  });

  it.each([
    // gap, T, odds
    [0, 0, 1],
    [0, Infinity, 1],
    [2, 0, Infinity],
    [-2, 0, 0],
    [2, Infinity, 1],
    [-Infinity, Infinity, 0],
  ])("a gap of %s at T = %s makes odds of %s", (gap, T, odds) => {
    expect(oddsOf([gap, 0], 0, 1, T).odds).toBe(odds);
  });

  it("refuse what is no probability and no temperature", () => {
    for (const q of [-0.1, 1.1, NaN]) expect(() => gapForProbability(q, 1)).toThrow(RangeError);
    expect(() => oddsOf([1, 0], 0, 1, NaN)).toThrow(RangeError);
    expect(() => gapForProbability(0.5, -1)).toThrow(RangeError);
  });
});
