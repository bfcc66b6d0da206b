import { describe, expect, it } from "vitest";
import type { Scan } from "../../src/protocol/dumpInfo";
import { byCertainty, nextMiss } from "../../webview/navigation";

function scan(argMax: number[], labels: number[], confidence: number[] = []): Scan {
  return {
    temperature: 1,
    argMax: Int32Array.from(argMax),
    confidence: Float64Array.from(confidence),
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

describe("rows by certainty", () => {
  const s = scan([], [], [0.5, NaN, 0.9, 0.5, 0.2]);

  it("start with the most, or the least, certain", () => {
    expect([...byCertainty(s, "most")]).toEqual([2, 0, 3, 4]);
    expect([...byCertainty(s, "least")]).toEqual([4, 0, 3, 2]);
  });

  it("may be none", () => {
    expect(byCertainty(scan([-1], [], [NaN]), "most")).toHaveLength(0);
  });
});
