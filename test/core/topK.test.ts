import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topK } from "../../src/core";

/** The definition: a full sort by falling value, then rising index, without NaN. */
function sorted(values: number[], k: number): number[] {
  return values
    .map((_, i) => i)
    .filter(i => !Number.isNaN(values[i]))
    .sort((a, b) => (values[a] === values[b] ? a - b : values[b] > values[a] ? 1 : -1))
    .slice(0, k);
}

describe("top k", () => {
  it("agrees with a full sort", () => {
    const value = fc.oneof(
      fc.double(),
      fc.integer({ min: -2, max: 2 }),
      fc.constantFrom(NaN, Infinity, -Infinity, 0, -0),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.nat({ max: 70 }), (values, k) => {
        expect([...topK(values, k)]).toEqual(sorted(values, k));
      }),
      { numRuns: 500 },
    );
  });

  it("gives equal values by rising index", () => {
    expect([...topK([1, 2, 2, 1, 2], 4)]).toEqual([1, 2, 4, 0]);
    expect([...topK(new Float64Array(1000), 3)]).toEqual([0, 1, 2]);
  });

  it("puts masks last and leaves NaN out", () => {
    expect([...topK([-Infinity, NaN, 1, -Infinity], 4)]).toEqual([2, 0, 3]);
    expect([...topK([NaN, NaN], 2)]).toEqual([]);
  });

  it("takes any whole k", () => {
    expect([...topK([], 5)]).toEqual([]);
    expect([...topK([3, 1], 0)]).toEqual([]);
    expect([...topK([3, 1], 9)]).toEqual([0, 1]);
    for (const k of [-1, 1.5, NaN, Infinity]) expect(() => topK([1], k)).toThrow(RangeError);
  });

  it("finds its way in a vocabulary, in any order", () => {
    const rising = Float32Array.from({ length: 150_000 }, (_, i) => i);
    expect([...topK(rising, 3)]).toEqual([149_999, 149_998, 149_997]);
    expect([...topK(rising.toReversed(), 3)]).toEqual([0, 1, 2]);
    const mixed = Float64Array.from({ length: 150_000 }, (_, i) => Math.sin(i));
    expect([...topK(mixed, 1000)]).toEqual(sorted([...mixed], 1000));
  });
});
