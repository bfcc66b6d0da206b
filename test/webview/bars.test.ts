import { describe, expect, it } from "vitest";
import { modelRow, seriesAt, type RowModel } from "../../src/core";
import {
  axisEnd,
  axisSentence,
  barSentence,
  restSentence,
  tickTexts,
} from "../../webview/distribution/bars";

function model(logits: number[], k: number, label: number | null = null): RowModel {
  const made = modelRow({ logits: Float64Array.from(logits), label }, k);
  if (!made) throw new Error("The row has no distribution.");
  return made;
}

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
