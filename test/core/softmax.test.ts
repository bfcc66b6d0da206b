import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logSoftmax, softmax } from "../../src/core";
import { expectClose, expectRowClose, logits, sum, temperature, tiedAndMasked } from "./support";
import { workedRow, workedValues } from "./workedValues";

describe("tempered softmax", () => {
  it.each(workedValues)("meets the worked values at T = $T", ({ T, p }) => {
    expectRowClose(softmax(workedRow, T), p, 1e-15);
    expectRowClose(logSoftmax(workedRow, T), p.map(Math.log), 1e-14);
  });

  it("shares T = 0 among the maximal classes", () => {
    expect([...softmax([1, 3, 3, -Infinity, 2], 0)]).toEqual([0, 0.5, 0.5, 0, 0]);
    expect([...softmax([1, 3, 3], -0)]).toEqual([0, 0.5, 0.5]);
    expect([...logSoftmax([1, 3], 0)]).toEqual([-Infinity, 0]);
  });

  it("is uniform over the unmasked classes at T = ∞", () => {
    expect([...softmax([1, -Infinity, 1e308, -1e308, 0], Infinity)]).toEqual([
      0.25, 0, 0.25, 0.25, 0.25,
    ]);
    expectRowClose(logSoftmax([5, 0], Infinity), [-Math.LN2, -Math.LN2]);
  });

  it("approaches both limits", () => {
    fc.assert(
      fc.property(tiedAndMasked, z => {
        expectRowClose(softmax(z, 1e-3), softmax(z, 0)); // whole numbers lie 1 apart: e^−1000
        expectRowClose(softmax(z, 1e12), softmax(z, Infinity), 1e-11);
      }),
    );
  });

  it.each([NaN, -1, -1e-300, -Infinity])("refuses T = %s in a sentence", T => {
    expect(() => softmax([1, 2], T)).toThrow(RangeError);
    expect(() => logSoftmax([1, 2], T)).toThrow(/temperature is 0 or more.*this one is/);
  });

  it.each([
    ["NaN", [1, NaN, Infinity]],
    ["+∞", [1, Infinity]],
    ["masked", [-Infinity, -Infinity]],
    ["no classes", []],
  ])("refuses a row without a distribution: %s", (word, row) => {
    expect(() => softmax(row, 1)).toThrow(RangeError);
    expect(() => softmax(row, 1)).toThrow(word);
  });

  it("sums to 1 and keeps the order of classes", () => {
    fc.assert(
      fc.property(logits, temperature, (z, T) => {
        const p = softmax(z, T);
        expectClose(sum(p), 1);
        for (let i = 1; i < z.length; i++) {
          if (z[i] >= z[i - 1]) expect(p[i]).toBeGreaterThanOrEqual(p[i - 1]);
          else expect(p[i]).toBeLessThanOrEqual(p[i - 1]);
        }
      }),
    );
  });

  it("does not see a shift of all logits", () => {
    fc.assert(
      fc.property(
        logits,
        temperature,
        fc.double({ min: -100, max: 100, noNaN: true }),
        (z, T, c) =>
          expectRowClose(
            softmax(
              z.map(v => v + c),
              T,
            ),
            softmax(z, T),
            1e-11,
          ), // 1e-14 of rounding / T
      ),
    );
  });

  it("sees only the ratio of logits to temperature", () => {
    fc.assert(
      fc.property(logits, temperature, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (z, T, a) =>
        expectRowClose(
          softmax(
            z.map(v => a * v),
            a * T,
          ),
          softmax(z, T),
        ),
      ),
    );
  });

  it("treats a mask as a class that is not there", () => {
    fc.assert(
      fc.property(tiedAndMasked, fc.oneof(temperature, fc.constantFrom(0, Infinity)), (z, T) => {
        const p = softmax(z, T);
        expect([...p].filter((_, i) => z[i] === -Infinity).every(v => v === 0)).toBe(true);
        const present = z.filter(v => v > -Infinity);
        expectRowClose(
          [...p].filter((_, i) => z[i] > -Infinity),
          softmax(present, T),
        );
      }),
    );
  });

  it("stays right where exponentials or differences overflow or vanish", () => {
    expect([...softmax([1e308, -1e308], 1)]).toEqual([1, 0]);
    expect([...softmax([1e308, 1e308], 1e-300)]).toEqual([0.5, 0.5]);
    expect([...softmax([5e-324, 0], 1e-300)]).toEqual([0.5, 0.5]);
    expect([...softmax([1, 2], 5e-324)]).toEqual([0, 1]);
    // exp(0), exp(−2), exp(−1) normalised, by mpmath; 1e308 − (−1e308) is no float64.
    expectRowClose(
      softmax([1e308, -1e308, 0], 1e308),
      [0.66524095577482189, 0.090030573170380458, 0.24472847105479765],
    );
    expectRowClose(softmax([5e-324, 0], 5e-324), [Math.E / (Math.E + 1), 1 / (Math.E + 1)]);
  });

  it("gives logarithms where probabilities are too small for a float64", () => {
    expect([...softmax([0, -1], 0.001)]).toEqual([1, 0]);
    expectRowClose(logSoftmax([0, -1], 0.001), [0, -1000]);
  });

  it("writes where it is told to, and changes its input only then", () => {
    const z = Float64Array.from(workedRow);
    const expected = softmax(z, 2);
    expect([...z]).toEqual(workedRow);
    const longer = new Float64Array(6).fill(7);
    expect(softmax(z, 2, longer)).toBe(longer);
    expect([...longer]).toEqual([...expected, 7, 7]);
    expect(softmax(z, 2, z)).toEqual(expected);
    expect(() => softmax(workedRow, 1, new Float64Array(3))).toThrow("4 probabilities");
  });

  it("takes float32 rows and a vocabulary of 150,000", () => {
    const z = Float32Array.from({ length: 150_000 }, (_, i) => Math.sin(i) * 10);
    const p = softmax(z, 0.7);
    expectClose(sum(p), 1);
    expectClose(Math.log(p[11]) - Math.log(p[14]), (z[11] - z[14]) / 0.7);
  });
});
