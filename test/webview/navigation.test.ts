import { describe, expect, it } from "vitest";
import type { Scan } from "../../src/protocol/dumpInfo";
import { inOrder, nextMiss } from "../../webview/navigation";

function scan(
  argMax: number[],
  labels: number[],
  confidence: number[] = [],
  nll: number[] = [],
): Scan {
  return {
    temperature: 1,
    argMax: Int32Array.from(argMax),
    confidence: Float64Array.from(confidence),
    nll: Float64Array.from(nll),
    labels: Int32Array.from(labels),
    leftOut: 0,
  };
}

describe("the next miss", () => {
  it("is the next row whose arg max is not its label", () => {
    const s = scan([0, 1, 2, 0], [0, 2, 2, 1]);
    expect(nextMiss(s, 0)).toBe(1);
    expect(nextMiss(s, 1)).toBe(3);
  });

  it("goes on at the first row, back to where it started", () => {
    const s = scan([0, 1, 2, 0], [0, 2, 2, 0]);
    expect(nextMiss(s, 2)).toBe(1);
    expect(nextMiss(s, 1)).toBe(1);
  });

  it("passes over rows without a label and rows that are left out", () => {
    expect(nextMiss(scan([1, -1, 3], [-1, 2, 3]), 0)).toBeNull();
    expect(nextMiss(scan([1, 2], []), 0)).toBeNull();
  });
});

describe("rows in order", () => {
  const s = scan([], [], [0.5, NaN, 0.9, 0.5, 0.2], [1, NaN, NaN, Infinity, Infinity]);

  it("start with the most, or the least, certain", () => {
    expect([...inOrder(s, "most certain")]).toEqual([2, 0, 3, 4]);
    expect([...inOrder(s, "least certain")]).toEqual([4, 0, 3, 2]);
  });

  it("start with the largest loss, where labels have a probability of 0", () => {
    expect([...inOrder(s, "largest loss")]).toEqual([3, 4, 0]);
  });

  it("may be none", () => {
    expect(inOrder(scan([-1], [], [NaN]), "most certain")).toHaveLength(0);
  });
});
