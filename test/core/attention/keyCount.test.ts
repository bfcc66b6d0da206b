import { describe, expect, it } from "vitest";
import { keysHolding, sortedGaps } from "../../../src/core";
import { mapOf } from "./maps";

const sorted = (row: number[]) => sortedGaps(mapOf([row]))[0];

describe("how many keys hold a share of the mass", () => {
  it("is the smallest number, the heaviest first", () => {
    const row = sorted([0.1, 0.5, 0.15, 0.25].map(Math.log));
    expect([0.5, 0.75, 0.9, 0.91, 1].map(share => keysHolding(row, share, 1))).toEqual([
      1, 2, 3, 4, 4,
    ]);
  });

  it("grows with the temperature, from the ties at the top to all that is not masked", () => {
    const row = sorted([2, 2, 0, -1, -Infinity]);
    expect([0, 0.05, 5, Infinity].map(T => keysHolding(row, 0.9, T))).toEqual([2, 2, 4, 4]);
  });

  it("leaves out queries without a distribution", () => {
    expect(
      sortedGaps(
        mapOf([
          [NaN, 0],
          [1, 2],
        ]),
      ),
    ).toHaveLength(1);
  });
});
