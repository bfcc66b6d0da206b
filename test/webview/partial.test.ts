import { describe, expect, it } from "vitest";
import { modelPartial, partialSeriesAt } from "../../src/core";
import { badgesOf } from "../../webview/header/badges";
import { partialRows } from "../../webview/partial/partialTable";
import { partialBars, partialLines } from "../../webview/partial/partialWords";
import { textAt } from "../../webview/partial/textAt";
import { dumpInfo } from "./samples";

const logprobs = Float64Array.of(0.5, 0.25).map(Math.log);
const names = [" Hi", "\n"];
const likeliest = modelPartial({ logprobs, sampled: 0 }, 10);
const second = modelPartial({ logprobs, sampled: 1 }, 10);

const info = {
  logprobs: Float64Array.from([NaN, Math.log(0.25), Math.log(0.5), Math.log(0.5)]),
  listed: 2,
  sequences: [
    { name: "a", start: 0 },
    { name: "b", start: 3 },
  ],
};

describe("the picture of a row that lists some of its classes", () => {
  const bars = partialBars(likeliest, [partialSeriesAt(likeliest, 2)], names);

  it("has a bar for all others, and marks the sampled one by a word", () => {
    expect(bars.ticks(40)).toEqual([`✓ sampled: " Hi"`, `"\\n"`, "all other tokens"]);
    expect(bars.marked).toBe(0);
  });

  it("is told in words with its bounds", () => {
    expect(bars.barSentence(1)).toBe(`"\\n": ≤ 29.3 % at T = 2.`);
    expect(bars.sentence).toMatch(/^Probabilities of 2 listed tokens and of all others at T = 2: /);
  });

  it("copies both ends, and claims no rank for a token that may have been added to the list", () => {
    const rows = partialRows(second, [partialSeriesAt(second, 2, 9)], names);
    expect(rows[0].slice(3)).toEqual(["p at T=2 at least", "p at T=2 at most"]);
    expect(rows.map(([rank]) => rank)).toEqual(["Rank", "1", "≥ 2", ""]);
  });
});

describe("what is known of a row and its text", () => {
  const numbers = (unit: "nats" | "bits") => {
    const lines = partialLines(second, 1, info, 4, Infinity, unit);
    return Object.fromEntries(lines.map(({ name, value }) => [name, value]));
  };

  it("is its mass, its surprise and the perplexity", () => {
    const found = numbers("nats");
    expect(found["Covered mass"]).toBeCloseTo(0.75, 12);
    expect(found["Remainder"]).toBeCloseTo(0.25, 12);
    expect(found["Surprise"]).toBeCloseTo(Math.log(4), 12);
    expect(found["Perplexity so far"]).toBeCloseTo(4, 12);
    expect(found["Text perplexity"]).toBeCloseTo(Math.sqrt(8), 12);
    expect(numbers("bits")["Surprise"]).toBeCloseTo(2, 12);
  });

  it("counts from the start of its own text", () => {
    expect(textAt(info, 2, 4)).toEqual({ index: 0, name: "a", start: 0, end: 3 });
    expect(textAt(info, 3, 4)).toEqual({ index: 1, name: "b", start: 3, end: 4 });
  });
});

describe("the badges of an answer", () => {
  const dump = dumpInfo({ partial: info });

  it("say what it lacks, and nothing of labels or names", () => {
    expect(badgesOf(dump).map(({ name }) => name)).toEqual(["shape", "dtype", "kind", "partial"]);
    expect(badgesOf(dump).at(-1)!.text).toBe("partial: top 2 of an unknown vocabulary");
    expect(badgesOf({ ...dump, classes: 1 }).at(-1)!.text).toBe("partial: sampled tokens alone");
  });
});
