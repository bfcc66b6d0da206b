import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logSoftmax, modelRow, seriesAt, softmax, type RowModel } from "../../src/core";

function model(logits: number[], k: number, label: number | null = null): RowModel {
  const made = modelRow({ logits: Float64Array.from(logits), label }, k);
  if (!made) throw new Error("The row has no distribution.");
  return made;
}

describe("the shown classes of a row", () => {
  it("are the likeliest, with their ranks", () => {
    expect(model([0.1, 2, 0.5, 1], 3)).toMatchObject({ classes: [1, 3, 2], ranks: [1, 2, 3] });
  });

  it("end with the label's class where it is not among them", () => {
    expect(model([3, 1, 2, 1], 2, 3)).toMatchObject({ classes: [0, 2, 3], ranks: [1, 2, 4] });
    expect(model([3, 1, 2, 1], 2, 2).classes).toEqual([0, 2]);
    expect(model([3, 1], 2, 7).classes).toEqual([0, 1]);
  });

  it("end with another class that is asked for", () => {
    const row = { logits: Float64Array.of(3, 1, 2, 1), label: 1 };
    expect(modelRow(row, 1, 3)).toMatchObject({ classes: [0, 1, 3], ranks: [1, 3, 4] });
    expect(modelRow(row, 2, 0)).toMatchObject({ classes: [0, 2, 1], ranks: [1, 2, 3] });
  });

  it("are none for a row without a distribution", () => {
    for (const logits of [[1, NaN], [1, Infinity], [-Infinity, -Infinity], []]) {
      expect(modelRow({ logits: Float64Array.from(logits), label: null }, 3)).toBeNull();
    }
  });
});

describe("the shown classes at a temperature", () => {
  it("have the worked values", () => {
    const m = model([2, 1, 0.5, 0.1], 10);
    const p = (T: number) => seriesAt(m, T).probabilities.map(x => x.toFixed(4));
    expect(p(1)).toEqual(["0.5745", "0.2114", "0.1282", "0.0859"]);
    expect(p(0.5)[0]).toBe("0.8282");
    expect(p(2)[0]).toBe("0.4056");
    expect(p(0)).toEqual(["1.0000", "0.0000", "0.0000", "0.0000"]);
    expect(p(Infinity)).toEqual(["0.2500", "0.2500", "0.2500", "0.2500"]);
  });

  it("agree with the softmax of the whole row, and leave the rest", () => {
    const logit = fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constant(-Infinity));
    const T = fc.oneof(
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      fc.constantFrom(0, Infinity),
    );
    fc.assert(
      fc.property(fc.array(logit, { minLength: 1, maxLength: 30 }), T, (logits, t) => {
        fc.pre(logits.some(z => z > -Infinity));
        const m = model(logits, 5);
        const { probabilities, logProbabilities, rest } = seriesAt(m, t);
        const all = softmax(logits, t);
        const logs = logSoftmax(logits, t);
        logProbabilities.forEach((p, i) => expect(p).toBeCloseTo(logs[m.classes[i]], 10));
        probabilities.forEach((p, i) => expect(p).toBeCloseTo(all[m.classes[i]], 12));
        expect(probabilities.reduce((a, b) => a + b, rest)).toBeCloseTo(1, 12);
      }),
    );
  });
});
