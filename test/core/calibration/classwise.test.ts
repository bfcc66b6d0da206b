import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  calibrationError,
  ClasswiseBins,
  equalWidthBins,
  rowState,
  softmax,
} from "../../../src/core";
import { temperature } from "../support";
import { blockOf, convention, meanOf, roughData, scoredOf, expectSame } from "./rows";

describe("classwise calibration", () => {
  it("is that of “this class or not”, for each class", () => {
    fc.assert(
      fc.property(roughData, temperature, convention, (data, T, ends) => {
        const gathered = new ClasswiseBins(data.classes, 7, ends);
        gathered.add(blockOf(data), data.labels, T);
        const actual = gathered.result();
        const rows = data.rows.flatMap((z, r) =>
          rowState(z) === "usable" && data.labels[r] >= 0
            ? [{ p: softmax(z, T), y: data.labels[r] }]
            : [],
        );
        const eces = Array.from({ length: data.classes }, (_, k) => {
          const one = scoredOf(
            rows.map(({ p }) => p[k]),
            rows.map(({ y }) => y === k),
          );
          const { ece } = calibrationError(equalWidthBins(one, 7, ends));
          expectSame(actual.eceOf[k], ece);
          expectSame(actual.probability[k], meanOf([...one.confidence]));
          expectSame(actual.frequency[k], meanOf([...one.correct]));
          return ece;
        });
        expectSame(actual.ece, meanOf(eces));
      }),
    );
  });

  it("does not care how the rows are cut into blocks", () => {
    const block = Float64Array.of(1, 2, 0, 3, -1, 0.5);
    const whole = new ClasswiseBins(2, 15, "[lo, hi)");
    whole.add(block, [1, 0, 1], 1);
    const parts = new ClasswiseBins(2, 15, "[lo, hi)");
    parts.add(block.subarray(0, 2), [1], 1);
    parts.add(block.subarray(2), [0, 1], 1);
    expect(parts.result()).toEqual(whole.result());
  });

  it("is NaN over nothing", () => {
    expect(new ClasswiseBins(3, 15, "[lo, hi)").result().ece).toBeNaN();
  });
});
