import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binOf, createRowMeasures, equalWidthEdges, worstRows } from "../../../src/core";

/** Rows with some confidence and NLL, of which many are equal or ∞; some are not used. */
const rows = fc.array(
  fc.record({
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    nll: fc.oneof(
      fc.integer({ min: 0, max: 9 }),
      fc.constant(Infinity),
      fc.double({ min: 0, max: 9, noNaN: true }),
    ),
    used: fc.boolean(),
    argMax: fc.integer({ min: 0, max: 2 }),
  }),
  { maxLength: 3000, size: "max" },
);

describe("the worst rows of bins", () => {
  it("are the used ones of each bin, the least expected labels first, no more than 100", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 5 }), (data, bins) => {
        const measures = createRowMeasures(data.length);
        data.forEach((row, r) => {
          measures.confidence[r] = row.confidence;
          measures.nll[r] = row.nll;
          measures.argMax[r] = row.argMax;
          measures.used[r] = row.used ? 1 : 0;
        });
        const labels = data.map((_, r) => r % 3);
        const edges = equalWidthEdges(bins);
        const expected = Array.from({ length: bins }, (_, bin) =>
          data
            .map((row, r) => ({ ...row, row: r, label: labels[r] }))
            .filter(row => row.used && binOf(row.confidence, edges, "[lo, hi)") === bin)
            .sort((a, b) => (a.nll === b.nll ? a.row - b.row : a.nll > b.nll ? -1 : 1)),
        );
        const actual = worstRows(measures, labels, bins, "[lo, hi)");
        expect(actual.map(({ total }) => total)).toEqual(expected.map(found => found.length));
        actual.forEach(({ worst }, bin) => {
          const listed = expected[bin].slice(0, 100);
          expect(worst).toEqual(
            listed.map(({ row, confidence, argMax, label }) => ({
              row,
              confidence,
              argMax,
              label,
            })),
          );
        });
      }),
      { numRuns: 50 },
    );
  });
});
