import { describe, expect, it } from "vitest";
import { figureRange, modelPartial, partialReasons, partialSentence } from "../../src/core";
import { partialSeriesAt, percentRange, rangeAt } from "../../src/core";
import { expectRowClose } from "./support";

function model(probabilities: number[], sampled: number, k = 10) {
  return modelPartial({ logprobs: Float64Array.from(probabilities, Math.log), sampled }, k);
}

describe("a row of listed classes", () => {
  it("shows the likeliest and the sampled one, and all others as one", () => {
    const some = model([0.5, 0.2, 0.1, 0.05], 3, 2);
    expect(some.shown).toEqual([0, 1, 3]);
    const { probabilities, highs } = partialSeriesAt(some, 1);
    expectRowClose(probabilities, [0.5, 0.2, 0.05, 0.25]);
    expect(highs).toEqual(probabilities);
    expect(model([0.5, 0.2], 1, 10).shown).toEqual([0, 1]);
    expect(model([0.5], -1, 1).shown).toEqual([0]);
  });

  it("has bounds at other temperatures, also for all others", () => {
    const warm = partialSeriesAt(model([0.5, 0.25, 0.05], 0, 1), 2);
    expect(rangeAt(warm, 0).low).toBe(0);
    // √.25 and √.05 of what is listed, beside the crowded rest: .2 at .05 each is 4·√.05.
    const sum = Math.sqrt(0.5) + 0.5 + 5 * Math.sqrt(0.05);
    expectRowClose([rangeAt(warm, 0).high], [Math.SQRT1_2 / sum], 1e-4);
    expect(rangeAt(warm, 1).high).toBe(1);
  });

  it("says how far its numbers can be trusted", () => {
    const some = model([0.5, 0.25], 0);
    expect(partialSentence(some, 1)).toMatch(/cover 75.0 % at T = 1, where all .* exact/);
    expect(partialSentence(some, 2)).toMatch(/upper bound.*the rest, 25.0 %/);
    expect(partialSentence(some, 2, 1000)).toMatch(/few tokens or many/);
    expect(partialSentence(some, 0.5)).toMatch(/few tokens or many/);
    expect(partialSentence(model([1], 0), 1)).toMatch(/the rest, 0.001 % at most, is/);
  });

  it("that has no distribution says why", () => {
    const reason = (...probabilities: number[]) => {
      const { state } = model(probabilities, -1);
      return state === "usable" ? "" : partialReasons[state];
    };
    expect(reason(0.5, 0.25)).toBe("");
    expect(reason(0.9, 0.6)).toMatch(/add up to more than 1/);
    expect(reason(NaN)).toMatch(/holds NaN/);
    expect(reason()).toMatch(/first token of a text has none/);
    expect(() => partialSeriesAt(model([], -1), 1)).toThrow(RangeError);
  });
});

describe("ranges as text", () => {
  it.each([
    [0.25, 0.25, "25.0 %", "0.250000"],
    [0, 0.25, "≤ 25.0 %", "≤ 0.250000"],
    [0.125, 0.25, "12.5 – 25.0 %", "0.125000 – 0.250000"],
    [0, 1e-7, "<0.01 %", "≤ 1.00000e-7"],
    [0, 1, "0 – 100 %", "0 – 1.00000"],
    [0.3, 1, "30.0 – 100 %", "0.300000 – 1.00000"],
  ])("%d to %d", (low, high, percents, figures) => {
    expect(percentRange(low, high)).toBe(percents);
    expect(figureRange(low, high)).toBe(figures);
  });
});
