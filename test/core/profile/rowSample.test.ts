import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pickSample, sampledRow, sampleOf } from "../../../src/core";

describe("a sample of rows", () => {
  it("is picked from blocks of any size as from all rows at once", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 50 }),
        (rows, most, blockRows) => {
          const sample = sampleOf(rows, most);
          const seen: number[] = [];
          for (let first = 0; first < rows; first += blockRows) {
            const count = Math.min(blockRows, rows - first);
            const block = Uint16Array.from({ length: count }, (_, i) => first + i);
            const bytes = new Uint8Array(block.buffer);
            const picked = pickSample(bytes, 2, first, count, sample);
            if (picked.rows > 0) expect(picked.first).toBe(seen.length);
            seen.push(...block.subarray(0, picked.rows));
          }
          expect(seen).toEqual(
            Array.from({ length: Math.min(rows, most) }, (_, i) => sampledRow(sample, i)),
          );
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen.at(-1)).toBeLessThan(rows);
        },
      ),
    );
  });
});
