import { describe, expect, it } from "vitest";
import { compareMaps } from "../../../src/core";
import { expectClose } from "../support";
import { causalScores, mapOf } from "./maps";

describe("two heads compared", () => {
  it("are the same as themselves, at every temperature", () => {
    const map = mapOf(causalScores);
    for (const T of [0, 0.5, 1, Infinity]) {
      expect(compareMaps(map, map, T)).toEqual({ divergence: 0, sameTop: 1, queries: 4 });
    }
  });

  it("are ln 2 apart without a key in common", () => {
    const found = compareMaps(mapOf([[0, -Infinity]]), mapOf([[-Infinity, 0]]), 1);
    expectClose(found.divergence, Math.LN2);
    expect(found.sameTop).toBe(0);
  });

  it("have the divergence of their distributions", () => {
    // ½·KL(p‖m) + ½·KL(q‖m) of p = (3/4, 1/4) and q = (1/4, 3/4), m being even.
    const found = compareMaps(mapOf([[Math.log(3), 0]]), mapOf([[0, Math.log(3)]]), 1);
    expectClose(found.divergence, 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), 1e-7);
  });

  it("are compared where both have a distribution", () => {
    const [a, b] = [
      mapOf([
        [NaN, 0],
        [1, 0],
        [1, 0],
      ]),
      mapOf([
        [0, 0],
        [NaN, 0],
        [1, 0],
      ]),
    ];
    expect(compareMaps(a, b, 1)).toEqual({ divergence: 0, sameTop: 1, queries: 1 });
    expect(compareMaps(a, b, 1, 2).queries).toBe(1);
    expect(compareMaps(mapOf([[NaN]]), mapOf([[0]]), 1).divergence).toBeNaN();
  });

  it("have to be of one size", () => {
    expect(() => compareMaps(mapOf([[0]]), mapOf([[0, 0]]), 1)).toThrow(RangeError);
  });
});
