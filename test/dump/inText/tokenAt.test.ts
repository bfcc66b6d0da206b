import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { TokenInText } from "../../../src/dump/inText/tokenAt";
import { answers, bareAnswers } from "../../fixtures/answers.mjs";
import { linesOf, placeOf, tokenAtOffset, tokenIn } from "./marked";

const ln = (p: number) => Math.log(p);

function shown(found: TokenInText | null) {
  if (!found) return null;
  const { entry, index, perplexity } = found;
  const { text, alternatives, sampled } = entry;
  const p = alternatives.map(a => [a.text, Number(Math.exp(a.logprob).toPrecision(10))]);
  return { text, p, sampled, index, perplexity: perplexity && Number(perplexity.toPrecision(10)) };
}

/** A chat of "Hi" at ½ and "!" at ⅛, the second with a mark somewhere. */
const chat = (second: string) =>
  `{"id": "c", "choices": [{"index": 0, "logprobs": {"content": [
    {"token": "Hi", "logprob": ${ln(0.5)}, "bytes": [72, 105], "top_logprobs": [
      {"token": "Hi", "logprob": ${ln(0.5)}}, {"token": "{\\"", "logprob": ${ln(0.25)}}]},
    ${second}, {"token": "end", "logprob": -1, "top_logprobs": []}]}}], "usage": {"total": 3}}`;
const second = `{"token": "!", "logprob": ${ln(0.125)}, "bytes": [33], "top_logprobs": [
  {"token": ".", "logprob": ${ln(0.5)}}, {"token": ", ", "logprob": ${ln(0.25)}}]}`;
const wholeSecond = {
  text: "!",
  p: [
    [".", 0.5],
    [", ", 0.25],
    ["!", 0.125],
  ],
  sampled: 2,
  index: 1,
  perplexity: 4,
};

describe("the token of an answer at a cursor", () => {
  it.each([
    ["its text", '"token": "!', '"token": "|!'],
    ["behind its text", '"token": "!"', '"token": "!|"'],
    ["a key", '"logprob"', '"log|prob"'],
    ["its log-probability", '"logprob": -2', '"logprob": -|2'],
    ["its brace", '{"token": "!', '|{"token": "!'],
    ["its bytes", "[33", "[3|3"],
    ["an alternative", '"token": ".', '"token": "|.'],
    ["an alternative of punctuation", '"token": ", "', '"token": ", |"'],
    ["a blank", "}, {", "}, |{"],
  ])("is found from %s", (_, part, marked) => {
    expect(second).toContain(part);
    expect(shown(tokenIn(chat(second.replace(part, marked))))).toEqual(wholeSecond);
  });

  it("has the range of its object, and the list that it is in", () => {
    const text = chat(second);
    const offset = text.indexOf('"token": "!"');
    const { range, list } = tokenAtOffset(text, offset + 3)!;
    expect(range!.open).toEqual(placeOf(text, offset - 1));
    expect(range!.end).toEqual(placeOf(text, text.indexOf(', {"token": "end"')));
    expect(list).toEqual(placeOf(text, text.indexOf('"content": [') + 11));
  });

  it("is none outside of entries", () => {
    for (const part of ['"usage"', '"id"', '"choices"', '"content"']) {
      const text = chat(second);
      expect(tokenAtOffset(text, text.indexOf(part) + 2)).toBeNull();
    }
  });

  const legacy = (tokens: string, logprobs: string, top: string) => `{"choices": [{"logprobs": {
    "tokens": ${tokens}, "token_logprobs": ${logprobs}, "top_logprobs": ${top},
    "text_offset": [0, 2, 3]}}]}`;
  const tokens = '["<s>", "Hi", "!"]';
  const logprobs = `[null, ${ln(0.5)}, ${ln(0.125)}]`;
  const top = `[null, {"Hi": ${ln(0.5)}}, {".": ${ln(0.5)}, "!": ${ln(0.125)}}]`;
  it.each([
    ["tokens", legacy('["<s>", "Hi", "|!"]', logprobs, top)],
    ["log-probabilities", legacy(tokens, logprobs.replace(/-(\S+)\]/, "-|$1]"), top)],
    ["alternatives", legacy(tokens, logprobs, top.replace('{".', '{"|.'))],
    ["offsets", legacy(tokens, logprobs, top).replace("2, 3]", "2, |3]")],
  ])("is found in parallel lists from their %s", (_, marked) => {
    const found = { text: "!", p: [[".", 0.5], ["!", 0.125]], sampled: 1, index: 2, perplexity: 4 }; // prettier-ignore
    expect(shown(tokenIn(marked))).toEqual(found);
  });

  it("is found in every kind of answer, compact and pretty, at each mention", () => {
    for (const [name, answer] of Object.entries({ ...answers, ...bareAnswers })) {
      if (name.startsWith("a recorded") || typeof answer === "string") continue;
      for (const space of [0, 2]) {
        const text = JSON.stringify(answer, null, space);
        const offset = text.lastIndexOf('"!"');
        const found = tokenAtOffset(text, offset + 1);
        expect(found?.entry.text, `${name}: ${text.slice(offset - 60, offset + 60)}`).toBe("!");
        expect(found!.entry.logprob).toBeCloseTo(ln(0.125), 9);
      }
    }
    const vllm = answers["the prompt of vLLM"] as string;
    expect(shown(tokenAtOffset(vllm, vllm.indexOf('"?"') + 1))).toMatchObject({
      text: "!",
      sampled: 2,
      index: 1,
      perplexity: 4,
    });
  });

  it("is found in lines, and has no perplexity where its text is in several", () => {
    const [line] = answers["a stream of chunks"] as object[];
    const text = `${JSON.stringify(line)}\n${JSON.stringify(line)}`;
    const offset = text.lastIndexOf('"Hi"') + 1;
    const found = tokenAtOffset(text, offset, true);
    expect(shown(found)).toMatchObject({ text: "Hi", index: 0, perplexity: null });
    expect(found!.range!.open.line).toBe(1);
    expect(found!.list!.line).toBe(1);
  });

  it("is found while the text is being typed, as soon as it is complete itself", () => {
    const text = chat(second);
    const unfinished = text.slice(0, text.indexOf(', {"token": "end"'));
    const offset = unfinished.indexOf('"token": "!"');
    expect(shown(tokenAtOffset(unfinished, offset + 3))).toEqual(wholeSecond);
    expect(tokenAtOffset(unfinished.slice(0, -2), offset + 3)).toBeNull();
  });

  it.each([
    ["a list of numbers", '{"logprobs": [[-1, |-2], [-3, -4]]}'],
    ["whole rows", '[{"token": "a", "logprob": -1, "logits": [1, |2]}]'],
    ["text about them", '{"note": "a |logprob of -1", "token": 3}'],
    ["an empty text", "|"],
    ["broken text", '{"token": "a", "logprob": |]}'],
    ["a stray quotation mark", '{"token": "a, "logprob": -1|}'],
    ["probabilities of something", '[{"text": "cat", "prob": 0.|5}]'],
  ])("is none in %s", (_, marked) => {
    expect(tokenIn(marked)).toBeNull();
  });

  it("has no perplexity in a list that is too long to read, and no place in one too long to count", () => {
    const entry = JSON.stringify({ token: "x", logprob: -1, top_logprobs: [] });
    for (const count of [4000, 50_000]) {
      const text = `[${Array<string>(count).fill(entry).join(",")}]`;
      const found = tokenAtOffset(text, text.length - 30);
      expect(found!.entry.text).toBe("x");
      const index = count === 4000 ? count - 1 : null;
      expect(found).toMatchObject({ index, perplexity: null });
    }
  });
});

/** Recorded answers by others; an optional folder beside the checkout. */
const data = path.resolve(__dirname, "../../../../shared/data/logprobs");

describe.skipIf(!existsSync(data))("recorded answers (need ../shared/data)", () => {
  const files = existsSync(data) ? readdirSync(data) : [];
  it.each(files)("%s has a token at each one that it lists", name => {
    const text = readFileSync(path.join(data, name), "utf8");
    const lines = linesOf(text);
    const keys = [...text.matchAll(/"(token|text)": "/g)].filter(({ index }) =>
      /"logprobs"/.test(text.slice(0, index)),
    );
    const found = keys.filter(({ index }) => tokenAtOffset(text, index + 3));
    expect(found.length).toBe(keys.length);
    expect(lines.lineCount).toBeGreaterThan(1);
  });
});
