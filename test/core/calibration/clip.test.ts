import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clipRows, rowState, softmax } from "../../../src/core";
import { expectRowClose } from "../support";
import { blockOf, roughData } from "./rows";

describe("clipped rows", () => {
  it("are max(p, floor), renormalised", () => {
    const floor = fc.constantFrom(1e-12, 1e-3, 0.4);
    fc.assert(
      fc.property(roughData, floor, (data, lowest) => {
        const out = clipRows(blockOf(data), data.classes, lowest);
        data.rows.forEach((z, r) => {
          const row = out.subarray(r * data.classes, (r + 1) * data.classes);
          if (rowState(z) !== "usable") return expect([...row]).toEqual(z);
          const lifted = softmax(z, 1).map(p => Math.max(p, lowest));
          const sum = lifted.reduce((total, p) => total + p, 0);
          expectRowClose(
            softmax(row, 1),
            lifted.map(p => p / sum),
          );
          return undefined;
        });
      }),
    );
  });

  it("need a floor above 0", () => {
    for (const floor of [0, -1, 2, NaN]) {
      expect(() => clipRows(Float64Array.of(1, 2), 2, floor)).toThrow(`not at ${floor}`);
    }
  });
});
