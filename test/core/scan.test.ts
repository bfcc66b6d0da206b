import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createRowScan,
  describe as describeRow,
  rowState,
  rowStates,
  scanSums,
  softmax,
  sumFields,
  type RowScan,
} from "../../src/core";
import { createPlainKernel } from "../../src/core/kernel";
import { put, rowsOf } from "./kernel/support";
import { expectClose, temperature } from "./support";

/** A look through rows, from row `offset` of `out` on. */
function look(rows: number[][], labels: number[], T: number, out: RowScan, offset = 0): void {
  const kernel = createPlainKernel();
  const block = rowsOf("float64", rows[0]?.length ?? 3, rows.flat(), labels);
  put(kernel, block);
  const sums = new Float64Array(rows.length * sumFields);
  kernel.sumRows(block, T, "single", sums);
  scanSums(sums, out, offset);
}

describe("a scan of rows", () => {
  it("says of each row what a look at it alone says", () => {
    const value = fc.oneof(
      { weight: 20, arbitrary: fc.double({ min: -20, max: 20, noNaN: true }) },
      { weight: 3, arbitrary: fc.constantFrom(-Infinity, 0, 1) },
      { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity) },
    );
    const row = fc.tuple(
      fc.array(value, { minLength: 3, maxLength: 3 }),
      fc.integer({ min: -1, max: 2 }),
    );
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 10 }),
        fc.oneof(temperature, fc.constantFrom(0, Infinity)),
        (rows, T) => {
          const out = createRowScan(rows.length);
          const labels = rows.map(([, label]) => label);
          look(
            rows.map(([z]) => z),
            labels,
            T,
            out,
          );
          rows.forEach(([z, label], r) => {
            const state = rowState(z);
            expect(rowStates[out.state[r]]).toBe(state);
            if (state !== "usable") {
              expect([out.argMax[r], out.confidence[r], out.nll[r]]).toEqual([-1, NaN, NaN]);
              return;
            }
            const expected = describeRow(z, T);
            expect(out.argMax[r]).toBe(expected.argMax);
            expectClose(out.confidence[r], expected.maxProbability);
            if (label < 0) expect(out.nll[r]).toBeNaN();
            else expectClose(Math.exp(-out.nll[r]), softmax(z, T)[label]);
          });
        },
      ),
    );
  });

  it("writes block after block, and nothing else", () => {
    const out = createRowScan(4);
    out.argMax.fill(9);
    look(
      [
        [1, 2],
        [4, 3],
      ],
      [0, -1],
      1,
      out,
      1,
    );
    expect([...out.argMax]).toEqual([9, 1, 0, 9]);
    expectClose(out.confidence[1], 1 / (1 + Math.exp(-1)));
    expectClose(out.confidence[2], out.confidence[1]);
    expectClose(out.nll[1], Math.log1p(Math.E));
    expect(out.nll[2]).toBeNaN();
  });

  it("refuses what does not fit", () => {
    const sums = new Float64Array(2 * sumFields);
    expect(() => scanSums(sums, createRowScan(2), 1)).toThrow("Rows up to 3 do not fit");
  });
});
