import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelPartial, partialSeriesAt } from "../../../src/core";
import { jsonSources } from "../../../src/dump/jsonSources";
import { parseJson } from "../../../src/formats/json/parseJson";
import { answers, bareAnswers, evalSamples } from "../../fixtures/answers.mjs";
import { tokenAtOffset } from "../inText/marked";

const documents = [...Object.values(answers), ...Object.values(bareAnswers), evalSamples].map(d =>
  typeof d === "string" ? d : JSON.stringify(d),
);

/** What can stand in place of any value. */
const anything = fc.constantFrom(
  ...["null", "true", "[]", "{}", "[[]]", '""', '"�"', "NaN", "-Infinity", "1e999", "-9999.0"],
  ...["0", "5", "-1", "12345678901234567890", '"-1.5"', '"NaN"', "[null, 1]", '{"a": -1}'],
);

/** A document in which some values are others. */
const mutated = fc
  .tuple(fc.constantFrom(...documents), fc.array(fc.tuple(fc.nat(), anything), { maxLength: 4 }))
  .map(([text, changes]) => {
    for (const [at, value] of changes) {
      const values = [
        ...text.matchAll(/(?<=[:[,] ?)(-?\d[\d.e-]*|null|"(?:[^"\\]|\\.)*"(?! ?:))/g),
      ];
      if (values.length === 0) break;
      const { index, 0: old } = values[at % values.length];
      text = text.slice(0, index) + value + text.slice(index + old.length);
    }
    return text;
  });

describe("answers with other values in places", () => {
  it("open, or are told in a sentence, and each row has a distribution or says why not", () => {
    fc.assert(
      fc.property(mutated, fc.constantFrom(0, 0.5, 1, 3, Infinity), (text, T) => {
        let sources;
        try {
          sources = jsonSources(
            "a.json",
            parseJson("a.json", new TextEncoder().encode(text)),
          ).sources;
        } catch (error) {
          expect((error as Error).message).toMatch(/^"a\.json".*\.$/);
          return;
        }
        for (const source of sources) {
          if (source.what !== "array" || !source.partial) continue;
          for (const { alternatives, sampled } of source.partial.entries) {
            const logprobs = Float64Array.from(alternatives, a => a.logprob);
            const model = modelPartial({ logprobs, sampled }, 5);
            if (model.state !== "usable") continue;
            const { probabilities, highs } = partialSeriesAt(model, T);
            probabilities.forEach((low, i) => {
              expect(low).toBeGreaterThanOrEqual(0);
              expect(low).toBeLessThanOrEqual(highs[i]);
              expect(highs[i]).toBeLessThan(1.02);
            });
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("have a token at a cursor, or none, and never an error", () => {
    fc.assert(
      fc.property(mutated, fc.nat(), fc.nat({ max: 4 }), (text, at, cut) => {
        const shorter = text.slice(0, Math.ceil((text.length * (4 - cut)) / 4));
        const found = tokenAtOffset(shorter, at % (shorter.length + 1));
        if (found) expect(found.entry.alternatives.length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
