import { describe, expect, it } from "vitest";
import { logPartitions, miniature, miniatureSize } from "../../../src/core";
import { expectRowClose } from "../support";
import { mapOf } from "./maps";

const pictureOf = (rows: number[][], side: number, T = 1) => {
  const map = mapOf(rows);
  return miniature(map, T, logPartitions(map, T), side);
};

describe("a small picture of a map", () => {
  it("has a point a cell where there are few", () => {
    expect(miniatureSize(2, 3, 48)).toEqual([2, 3]);
    expectRowClose(
      pictureOf(
        [
          [0, 0],
          [Math.log(3), 0],
        ],
        48,
      ),
      [0.5, 0.5, 0.75, 0.25],
      1e-7,
    );
  });

  it("takes the largest weight of cells that share a point", () => {
    const rows = [
      [0, 0, 0, 0],
      [9, -Infinity, -Infinity, -Infinity],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    expectRowClose(pictureOf(rows, 2), [1, 0.25, 0.25, 0.25], 1e-7);
  });

  it("has nothing only where all is masked, however small a weight", () => {
    const [none, small] = pictureOf([[0, -Infinity, -1e6]], 48, 0.05).subarray(1);
    expect(none).toBe(0);
    expect(small).toBeGreaterThan(0);
  });

  it("is blank only where no query has a distribution", () => {
    expectRowClose(
      pictureOf(
        [
          [NaN, 0],
          [0, 0],
        ],
        1,
      ),
      [0.5],
      1e-7,
    );
    expect([...pictureOf([[NaN, 0]], 1)]).toEqual([NaN]);
  });
});
