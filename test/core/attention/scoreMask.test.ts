import { describe, expect, it } from "vitest";
import { findScoreMask } from "../../../src/core";

const float32Min = -3.4028234663852886e38;
const bfloat16Min = -3.3895313892515355e38;

describe("numbers that stand for −∞", () => {
  it.each([
    ["−1e9", [1, -2, -1e9], -1e9],
    ["−1e9 with the score added", [1, -2, -1e9 + 7.5], -1e9],
    ["the lowest float16", [0.5, -65504, 3], -65504],
    ["the lowest bfloat16", [0.5, bfloat16Min], float32Min],
    ["the lowest float32", [0.5, float32Min], float32Min],
    ["−1e4 beside scores near 0", [4, -10_000, -3], -1e4],
    ["−1e4 with the score added, as float16 rounds it", [4, -10_008, -9992], -1e4],
    ["both of a padding and a causal mask", [4, -1e9, -2e9], -1e9],
    ["−1e9 throughout", [-1e9, -1e9], -1e9],
  ])("is %s", (_, scores, fill) => {
    const mask = findScoreMask(scores)!;
    expect(mask.fill).toBe(fill);
    for (const v of scores) expect(v <= mask.below).toBe(v < -5000);
  });

  it.each([
    ["−∞ alone masks", [1, -Infinity, 2]],
    ["scores reach down to −1e4", [1, -2500, -10_000]],
    ["scores are as large on the other side", [9000, -10_000]],
    ["all are −1e4", [-1e4, -1e4]],
    ["nothing is masked", [1, 2, 3]],
    ["a low score is near no such number", [1, -30_000]],
    ["there is +∞ beside a small mask's neighbour", [-2500, Infinity, -1e4]],
    ["there are no scores", []],
  ])("is none where %s", (_, scores) => expect(findScoreMask(scores)).toBeNull());

  it("are told beside NaN and ±∞, which are no matter", () => {
    expect(findScoreMask([NaN, Infinity, -Infinity, 1, -1e9])?.fill).toBe(-1e9);
  });
});
