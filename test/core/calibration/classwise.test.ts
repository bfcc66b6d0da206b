import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  calibrationError,
  ClasswiseBins,
  equalWidthBins,
  rowState,
  softmax,
} from "../../../src/core";
import { createKernel, createPlainKernel } from "../../../src/core/kernel";
import { addClasses, rowsOf } from "../kernel/support";
import { expectRowClose, temperature } from "../support";
import { blockOf, convention, meanOf, roughData, scoredOf, expectSame } from "./rows";

describe.each([createKernel, createPlainKernel])("classwise calibration", create => {
  const kernel = create();
  const add = (into: ClasswiseBins, z: Float64Array, labels: ArrayLike<number>, T = 1) =>
    addClasses(kernel, rowsOf("float64", z.length / labels.length, z, labels), T, into);

  it("is that of “this class or not”, for each class", () => {
    fc.assert(
      fc.property(roughData, temperature, convention, (data, T, ends) => {
        const gathered = new ClasswiseBins(data.classes, 7, ends);
        add(gathered, blockOf(data), data.labels, T);
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
    add(whole, block, [1, 0, 1]);
    const parts = new ClasswiseBins(2, 15, "[lo, hi)");
    add(parts, block.subarray(0, 2), [1]);
    add(parts, block.subarray(2), [0, 1]);
    expectRowClose(parts.result().eceOf, whole.result().eceOf, 1e-15);
    expectRowClose(parts.result().probability, whole.result().probability, 1e-15);
    expect(parts.result().frequency).toEqual(whole.result().frequency);
  });

  it("is NaN over nothing", () => {
    expect(new ClasswiseBins(3, 15, "[lo, hi)").result().ece).toBeNaN();
  });
});
