import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { softmax } from "../../src/core";
import {
  axisEnd,
  axisSentence,
  barSentence,
  restSentence,
  tickTexts,
} from "../../webview/distribution/bars";
import { modelRow, seriesAt, type RowModel } from "../../webview/distribution/rowModel";

function model(logits: number[], k: number, label: number | null = null): RowModel {
  const made = modelRow({ index: 0, logits: Float64Array.from(logits), label }, k);
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

  it("are none for a row without a distribution", () => {
    for (const logits of [[1, NaN], [1, Infinity], [-Infinity, -Infinity], []]) {
      expect(modelRow({ index: 0, logits: Float64Array.from(logits), label: null }, 3)).toBeNull();
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
        const { probabilities, rest } = seriesAt(m, t);
        const all = softmax(logits, t);
        probabilities.forEach((p, i) => expect(p).toBeCloseTo(all[m.classes[i]], 12));
        expect(probabilities.reduce((a, b) => a + b, rest)).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe("the picture's words", () => {
  const names = ["cat", "dog", "fox", "a bird with a very long name"];
  const m = model([1, 2, 3, -4], 2, 3);
  const series = [seriesAt(m, 1), seriesAt(m, 0)];

  it("mark the label by a word and say its rank", () => {
    expect(tickTexts(m, names, 40).slice(0, 2)).toEqual(["fox", "dog"]);
    expect(tickTexts(m, names, 40)[2]).toMatch(/^✓ label: a bird.* \(rank 4\)$/);
    expect(tickTexts(m, null, 40)[0]).toBe("2");
  });

  it("read out a bar at every temperature shown", () => {
    expect(barSentence(m, series, names, 0)).toBe("Rank 1, fox: 66.5 % at T = 1; 100 % at T = 0.");
    expect(barSentence(m, series, names, 2)).toMatch(/^Rank 4, a bird.*, the label: /);
  });

  it("say what is left out, if anything is", () => {
    expect(restSentence(m, series[0])).toBe("Other 1 class: 9.00 % at T = 1.");
    expect(restSentence(model([1, 2], 5), seriesAt(model([1, 2], 5), 1))).toBe("");
  });
});

describe("the end of the axis", () => {
  it("stays at 1 until all bars are tiny", () => {
    const at = (p: number) => axisEnd([{ ...seriesAt(model([1], 1), 1), probabilities: [p] }]);
    expect([1, 0.4, 0.11].map(at)).toEqual([1, 1, 1]);
    expect(at(0.03)).toBeCloseTo(0.1, 12);
    expect(at(0.002)).toBeCloseTo(0.01, 12);
  });

  it("is said where it is not at 100 %", () => {
    const series = seriesAt(model([1], 1), 1);
    expect(axisSentence([series])).toBe("");
    expect(axisSentence([{ ...series, probabilities: [0.002] }])).toBe("The axis ends at 1.00 %.");
  });
});
