import { describe, expect, it } from "vitest";
import { sequencesIn } from "../../../src/dump/logprobs/sequences";
import { parseJson } from "../../../src/formats/json/parseJson";
import { answers, bareAnswers, openAiChat } from "../../fixtures/answers.mjs";

/** The texts in a document, with probabilities in place of their logarithms. */
function read(document: unknown) {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  return sequencesIn(parseJson("a.json", new TextEncoder().encode(text))).map(sequence => ({
    name: sequence.name,
    tokens: sequence.entries.map(({ text, logprob, alternatives, sampled }) => ({
      text,
      p: round(Math.exp(logprob)),
      sampled,
      alternatives: alternatives.map(a => [a.text, round(Math.exp(a.logprob))]),
    })),
  }));
}

function round(p: number): number {
  return Number(p.toPrecision(12));
}

const first = [["Hi", 0.5], ["Hey", 0.25]]; // prettier-ignore
const second = [[".", 0.5], ["?", 0.25], ["!", 0.125]]; // prettier-ignore

describe("texts with log-probabilities", () => {
  it.each(Object.entries(answers))("%s", (_, answer) => {
    const [sequence, ...others] = read(answer);
    expect(others).toEqual([]);
    expect(sequence.tokens).toEqual([
      { text: "Hi", p: 0.5, sampled: 0, alternatives: first },
      { text: "!", p: 0.125, sampled: 2, alternatives: second },
    ]);
  });

  it.each(Object.entries(bareAnswers))("%s, of sampled tokens alone", (_, answer) => {
    const [sequence, ...others] = read(answer);
    expect(others).toEqual([]);
    expect(sequence.tokens).toEqual([
      { text: "Hi", p: 0.5, sampled: 0, alternatives: [["Hi", 0.5]] },
      { text: "!", p: 0.125, sampled: 0, alternatives: [["!", 0.125]] },
    ]);
  });

  it("are found in every wrapper, and named by their place", () => {
    const names = (document: unknown) => read(document).map(({ name }) => name);
    expect(names(openAiChat)).toEqual(["choices[0].logprobs.content"]);
    expect(names([openAiChat, { ...openAiChat, id: "chatcmpl-2" }])).toEqual([
      "[0].choices[0].logprobs.content",
      "[1].choices[0].logprobs.content",
    ]);
    expect(names({ runs: [{ request: {}, response: openAiChat }] })).toEqual([
      "runs[0].response.choices[0].logprobs.content",
    ]);
  });

  it("are apart for each choice, for reasoning, and for each answer of a stream without ids", () => {
    const [choice] = openAiChat.choices;
    const { content } = choice.logprobs;
    const chat = {
      choices: [
        { ...choice, logprobs: { content, reasoning_content: content } },
        { ...choice, index: 1 },
      ],
    };
    expect(read(chat).map(s => [s.name, s.tokens.length])).toEqual([
      ["choices[0].logprobs.content", 2],
      ["choices[0].logprobs.reasoning_content", 2],
      ["choices[1].logprobs.content", 2],
    ]);
    const lines = [false, true, false, true].map(done => ({ done, logprobs: [content[0]] }));
    expect(read(lines).map(s => [s.name, s.tokens.length])).toEqual([
      ["[0].logprobs", 2],
      ["[2].logprobs", 2],
    ]);
  });

  it("join interleaved choices of a stream", () => {
    const entry = openAiChat.choices[0].logprobs.content[0];
    const chunk = (index: number) => ({
      id: "c",
      choices: [{ index, delta: {}, logprobs: { content: [entry] } }],
    });
    const found = read([chunk(0), chunk(1), chunk(1), chunk(0), chunk(0)]);
    expect(found.map(({ tokens }) => tokens.length)).toEqual([3, 2]);
  });

  it("begin with a token that has no log-probability", () => {
    const legacy = {
      tokens: ["<s>", "a"],
      token_logprobs: [null, -1],
      top_logprobs: [null, { a: -1 }],
    };
    const [{ tokens }] = read({ logprobs: legacy });
    expect(tokens[0]).toEqual({ text: "<s>", p: NaN, sampled: -1, alternatives: [] });
    const prompt = [null, { "3": { logprob: -1, rank: 1, decoded_token: "a" } }];
    expect(read({ prompt_logprobs: prompt })[0].tokens[0]).toMatchObject({ text: "", p: NaN });
  });

  it("take −9999, null and strings beside others for what they mean", () => {
    const list = `[{"token": "a", "logprob": 0.0, "top_logprobs": [
      {"token": "a", "logprob": 0.0}, {"token": "b", "logprob": -9999.0},
      {"token": "c", "logprob": null}, {"token": "d", "logprob": "-Infinity"}]}]`;
    expect(read(list)[0].tokens[0].alternatives).toEqual([
      ["a", 1],
      ["b", 0],
      ["c", 0],
      ["d", 0],
    ]);
  });

  it("tell tokens of one text apart by bytes or id, and drop what stands there twice", () => {
    const part = (byte: number, p: number) => ({ token: "�", bytes: [byte], logprob: Math.log(p) });
    const [{ tokens }] = read([
      { ...part(240, 0.25), top_logprobs: [part(159, 0.5), part(240, 0.25), part(159, 0.5)] },
    ]);
    expect(tokens[0]).toMatchObject({ sampled: 1, alternatives: [["�", 0.5], ["�", 0.25]] }); // prettier-ignore
    const [{ tokens: same }] = read([
      { ...part(1, 0.5), top_logprobs: [part(1, 0.5), { ...part(1, 0.25), token: "b" }] },
    ]);
    expect(same[0].alternatives).toEqual([["�", 0.5], ["b", 0.25]]); // prettier-ignore
    const plain = (p: number) => ({ token: "�", logprob: Math.log(p) });
    const [twice] = read([{ ...plain(0.25), top_logprobs: [plain(0.5), plain(0.25)] }]);
    expect(twice.tokens[0]).toMatchObject({ sampled: 1, p: 0.25 });
  });

  it("go by the token's id where there is no text", () => {
    const [{ tokens }] = read({
      completion_probabilities: [
        {
          top_logprobs: [
            { id: 2, logprob: -1 },
            { id: 3, logprob: -2 },
          ],
        },
      ],
    });
    expect(tokens[0]).toMatchObject({ text: "", sampled: -1 });
    expect(tokens[0].alternatives.map(([text]) => text)).toEqual(["2", "3"]);
  });

  it("keep their places where an entry is broken", () => {
    const [{ tokens }] = read([
      { token: "a", logprob: -1 },
      { token: "b", logprob: {} },
      7,
      { token: "c", logprob: [1] },
      { token: "d", logprob: "NaN" },
    ]);
    expect(tokens.map(({ text }) => text)).toEqual(["a", "b", "", "c", "d"]);
    expect(tokens.map(({ alternatives }) => alternatives.length)).toEqual([1, 0, 0, 0, 1]);
    const [lists] = read({ tokens: [{ a: 1 }, 7, "c"], token_logprobs: [-1, -2] });
    expect(lists.tokens.map(({ text }) => text)).toEqual(["", "7", "c"]);
    expect(lists.tokens.map(({ sampled }) => sampled)).toEqual([0, 0, -1]);
  });

  it.each([
    ["a manifest", { name: "x", version: "1", dependencies: { a: "1" } }],
    ["geometry", { type: "Feature", geometry: { coordinates: [[1, 2], [3, 4]] } }], // prettier-ignore
    ["an answer without any", { choices: [{ index: 0, message: {}, logprobs: null }] }],
    ["empty lists", { choices: [{ logprobs: { content: [] } }], logprobs: [], token_logprobs: [] }],
    ["whole rows by token", [{ token: "a", logits: [1, 2], logprob: -1 }]],
    ["labels with scores", [{ label: "cat", score: 0.5 }]],
    ["text about logprobs", { note: "{ logprobs are fun" }],
  ])("are not seen in %s", (_, document) => {
    expect(read(document)).toEqual([]);
  });
});
