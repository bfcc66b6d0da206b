import { describe, expect, it } from "vitest";
import { elementCount, toFloat64 } from "../../src/core";

describe("tensors", () => {
  it("count the elements of a shape", () => {
    expect([[], [3], [2, 3, 4], [5, 0]].map(elementCount)).toEqual([1, 3, 24, 0]);
  });

  it("become float64, counting what had to be rounded", () => {
    expect(toFloat64(Float32Array.of(0.5, -Infinity)).data).toEqual(
      Float64Array.of(0.5, -Infinity),
    );
    const exact = 2n ** 53n;
    const wide = toFloat64(BigInt64Array.of(-3n, exact, exact + 1n, -exact - 1n));
    expect(wide).toEqual({ data: Float64Array.of(-3, 2 ** 53, 2 ** 53, -(2 ** 53)), rounded: 2 });
    expect(toFloat64(BigUint64Array.of(2n ** 64n - 1n)).rounded).toBe(1);
    expect(toFloat64(Uint8Array.of(255)).rounded).toBe(0);
  });
});
