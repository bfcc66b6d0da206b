import { describe, expect, it } from "vitest";
import { sampleAt } from "../../../src/dump/inText/sampleAt";
import { evalSamples } from "../../fixtures/answers.mjs";
import { linesOf, placeOf } from "./marked";

function sampleIn(text: string, offset: number, isLines = false) {
  const found = sampleAt(linesOf(text), placeOf(text, offset), isLines);
  return found && { ...found, likelihoods: [...found.likelihoods] };
}

describe("the sample of an evaluation at a cursor", () => {
  const first = { likelihoods: [-3.5, -2.25, -1.5], choices: ["A", "B", "C"], target: 2 };

  it.each([
    ["a string", '"-2.25"', 2, 1],
    ["a flag", '"True"', 2, 2],
    ["its list", '["-3.5"', 0, 0],
  ])("is found from %s of its responses", (_, part, into, choice) => {
    const text = JSON.stringify(evalSamples[0]);
    expect(sampleIn(text, text.indexOf(part) + into)).toEqual({ ...first, choice });
    expect(sampleIn(text, text.lastIndexOf(part) + into)).toEqual({ ...first, choice });
  });

  it("is found in lines and in a list, pretty or not", () => {
    const lines = evalSamples.map(sample => JSON.stringify(sample)).join("\n");
    const second = { likelihoods: [-4, -1, -2], choices: ["A", "B", "C"], target: 0, choice: 1 };
    expect(sampleIn(lines, lines.lastIndexOf("-1.0") + 1, true)).toEqual(second);
    const list = JSON.stringify(evalSamples, null, 2);
    expect(sampleIn(list, list.lastIndexOf("-1.0") + 1)).toEqual(second);
  });

  it("is none elsewhere in it, nor for generated text", () => {
    const text = JSON.stringify(evalSamples[0]);
    for (const part of ['"doc_id"', '"question"', '"arg_1"', '"acc"']) {
      expect(sampleIn(text, text.indexOf(part) + 2)).toBeNull();
    }
    const generated = '{"doc_id": 0, "resps": [["42"]], "filtered_resps": ["42"]}';
    expect(sampleIn(generated, generated.indexOf("42"))).toBeNull();
  });
});
