import { describe, expect, it } from "vitest";
import { guessMapKind, softmax, type RawMap } from "../../../src/core";
import { causalScores } from "./maps";

const rawOf = (rows: readonly number[][]): RawMap => ({
  values: rows.flat(),
  rows: rows.length,
  columns: rows[0].length,
});
const transposed = (rows: readonly number[][]) => rows[0].map((_, j) => rows.map(row => row[j]));
const weights = causalScores.map(row => [...softmax(row, 1)]);
const cross = [
  [0.2, 0.3, 0.5],
  [0.1, 0.1, 0.8],
];

describe("the kind of a map", () => {
  it.each([
    ["raw scores", causalScores, "logits", false],
    ["rows that add up to 1", weights, "probabilities", false],
    ["columns that add up to 1", transposed(weights), "probabilities", true],
    [
      "rows of log-probabilities",
      weights.map(row => row.map(Math.log)),
      "log-probabilities",
      false,
    ],
    [
      "columns of log-probabilities",
      transposed(cross).map(r => r.map(Math.log)),
      "log-probabilities",
      true,
    ],
    ["padding rows of zeros", [...weights, [0, 0, 0, 0]], "probabilities", false],
    ["rows with NaN", [...weights, [NaN, 0, 0, 0]], "probabilities", false],
    [
      "both directions",
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      "probabilities",
      false,
    ],
    ["one token", [[1]], "probabilities", false],
    ["one raw score", [[0.3]], "logits", false],
    [
      "zeros alone",
      [
        [0, 0],
        [0, 0],
      ],
      "logits",
      false,
    ],
    [
      "weights after dropout",
      [
        [1.1, 0],
        [0.5, 0.6],
      ],
      "logits",
      false,
    ],
  ] as const)("of %s", (_, rows, kind, turned) => {
    const maps = [rawOf(rows.map(row => [...row]))];
    expect(guessMapKind(maps, "float32")).toEqual({ kind, turned });
  });

  it("is that of all maps, or raw scores", () => {
    expect(
      guessMapKind([rawOf(weights), rawOf(causalScores.map(r => [...r]))], "float32").kind,
    ).toBe("logits");
  });

  it("is told more loosely in half precision", () => {
    const rounded = [rawOf([[0.333, 0.333, 0.333]])];
    expect(guessMapKind(rounded, "float32").kind).toBe("logits");
    expect(guessMapKind(rounded, "float16").kind).toBe("probabilities");
  });
});
