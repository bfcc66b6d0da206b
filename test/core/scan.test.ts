import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createRowScan,
  describe as describeRow,
  rowState,
  rowStates,
  scanRows,
} from "../../src/core";
import { expectClose, temperature } from "./support";

describe("a scan of rows", () => {
  it("says of each row what a look at it alone says", () => {
    const value = fc.oneof(
      { weight: 20, arbitrary: fc.double({ min: -20, max: 20, noNaN: true }) },
      { weight: 3, arbitrary: fc.constantFrom(-Infinity, 0, 1) },
      { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity) },
    );
    const row = fc.array(value, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 10 }),
        fc.oneof(temperature, fc.constantFrom(0, Infinity)),
        (rows, T) => {
          const out = createRowScan(rows.length);
          scanRows(Float64Array.from(rows.flat()), 3, T, out);
          rows.forEach((z, r) => {
            const state = rowState(z);
            expect(rowStates[out.state[r]]).toBe(state);
            if (state === "usable") {
              const expected = describeRow(z, T);
              expect(out.argMax[r]).toBe(expected.argMax);
              expectClose(out.confidence[r], expected.maxProbability);
            } else {
              expect([out.argMax[r], out.confidence[r]]).toEqual([-1, NaN]);
            }
          });
        },
      ),
    );
  });

  it("writes block after block, and nothing else", () => {
    const out = createRowScan(4);
    out.argMax.fill(9);
    scanRows(Float32Array.of(1, 2, 4, 3), 2, 1, out, 1);
    expect([...out.argMax]).toEqual([9, 1, 0, 9]);
    expectClose(out.confidence[1], 1 / (1 + Math.exp(-1)));
    expectClose(out.confidence[2], out.confidence[1]);
  });

  it("leaves its block alone", () => {
    const block = Float64Array.of(1, 2, -Infinity, 3);
    const before = block.slice();
    scanRows(block, 2, 0.5, createRowScan(2));
    expect(block).toEqual(before);
  });

  it("refuses what does not fit", () => {
    const out = createRowScan(2);
    expect(() => scanRows(new Float64Array(5), 2, 1, out)).toThrow("not whole rows of 2");
    expect(() => scanRows(new Float64Array(4), 0, 1, out)).toThrow(RangeError);
    expect(() => scanRows(new Float64Array(4), 2, 1, out, 1)).toThrow("Rows up to 3 do not fit");
    expect(() => scanRows(new Float64Array(4), 2, -1, out)).toThrow(RangeError);
  });
});
