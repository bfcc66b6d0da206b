import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RunningStatistics } from "../../src/core";
import { expectClose } from "./support";

function statisticsOf(...blocks: ArrayLike<number>[]) {
  const statistics = new RunningStatistics();
  for (const block of blocks) statistics.add(block);
  return statistics.result();
}

describe("running statistics", () => {
  it("meets worked values", () => {
    // numpy: mean 5, population standard deviation 2.
    const expected = { count: 8, finite: 8, zeros: 0, min: 2, max: 9, mean: 5, std: 2 };
    expect(statisticsOf([2, 4, 4, 4, 5, 5, 7, 9])).toMatchObject(expected);
  });

  it("does not care how an array is cut", () => {
    // Whose squares are numbers, whatever their order; squares near 0 have few digits.
    const value = fc.oneof(fc.double({ min: -1e150, max: 1e150 }), fc.constant(Infinity));
    fc.assert(
      fc.property(fc.array(value), fc.nat(), (values, n) => {
        const cut = n % (values.length + 1);
        const { mean, std, ...exact } = statisticsOf(values.slice(0, cut), values.slice(cut));
        const whole = statisticsOf(values);
        expect(whole).toMatchObject(exact);
        if (exact.finite === 0) return;
        const size = Math.max(Math.abs(exact.min), Math.abs(exact.max), 1e-140);
        expectClose(mean / size, whole.mean / size);
        expectClose(std / size, whole.std / size);
      }),
    );
  });

  it("agrees with two passes", () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), values => {
        const mean = values.reduce((total, v) => total + v / values.length, 0);
        const variance = values.reduce((total, v) => total + (v - mean) ** 2 / values.length, 0);
        const actual = statisticsOf(values);
        expectClose(actual.mean / 1e6, mean / 1e6);
        expectClose(actual.std / 1e6, Math.sqrt(variance) / 1e6);
        expect([actual.min, actual.max]).toEqual([Math.min(...values), Math.max(...values)]);
      }),
    );
  });

  it("counts what is not finite and measures the rest", () => {
    const actual = statisticsOf([NaN, 1, Infinity, -Infinity, -0, 0], Float32Array.of(NaN, 3));
    expect(actual).toMatchObject({ count: 8, finite: 4, zeros: 2, nan: 2, posInf: 1, negInf: 1 });
    expect(actual).toMatchObject({ min: -0, max: 3, mean: 1 });
    expectClose(actual.std, Math.sqrt(1.5));
  });

  it("has no mean of nothing", () => {
    const nothing = { finite: 0, min: NaN, max: NaN, mean: NaN, std: NaN };
    expect(statisticsOf()).toMatchObject({ count: 0, ...nothing });
    expect(statisticsOf([NaN])).toMatchObject({ count: 1, nan: 1, ...nothing });
  });

  it("keeps the digits of a small spread far from zero", () => {
    const values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16];
    expectClose(statisticsOf(values).std, Math.sqrt(22.5));
    const many = Float64Array.from({ length: 10_000 }, (_, i) => values[i % 4]);
    expectClose(statisticsOf(many).std, Math.sqrt(22.5));
  });

  it("finds the mean of the largest numbers", () => {
    const actual = statisticsOf([1.5e308, -1.5e308, 1.5e308]);
    expectClose(actual.mean / 1e308, 0.5);
    expect(actual.std).toBe(Infinity);
  });
});
