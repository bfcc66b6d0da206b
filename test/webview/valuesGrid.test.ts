import { describe, expect, it } from "vitest";
import { gridLines } from "../../webview/values/valuesGrid";

describe("the table of an array's first values", () => {
  it("has a line for each run along a short last axis", () => {
    expect(gridLines([2, 2, 3], 8)).toEqual([
      { at: "[0, 0, 0]", start: 0, length: 3 },
      { at: "[0, 1, 0]", start: 3, length: 3 },
      { at: "[1, 0, 0]", start: 6, length: 2 },
    ]);
  });

  it("breaks a long one, and starts anew at its end", () => {
    expect(gridLines([2, 10], 12).map(({ at, length }) => [at, length])).toEqual([
      ["[0, 0]", 8],
      ["[0, 8]", 2],
      ["[1, 0]", 2],
    ]);
  });

  it("holds a lone number", () => {
    expect(gridLines([], 1)).toEqual([{ at: "[]", start: 0, length: 1 }]);
    expect(gridLines([0, 3], 0)).toEqual([]);
  });
});
