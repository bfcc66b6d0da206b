import { describe, expect, it } from "vitest";
import { readLogits } from "../../../src/dump/view";
import { viewOf } from "../open";
import { answers } from "../../fixtures/answers.mjs";

const chat = answers["an OpenAI chat"];

describe("answers with log-probabilities as a dump", () => {
  it("have a row a token and a class an alternative, padded with −∞", async () => {
    const view = await viewOf({ "a.json": chat });
    expect(view).toMatchObject({ rows: 2, classes: 3, labels: null, classNames: null });
    expect(view.reading).toMatchObject({ kind: "log-probabilities", scores: "softmax" });
    expect(view.tokens).toEqual(["Hi", "!"]);
    const p = [...(await readLogits(view, 0, 2))].map(Math.exp);
    [0.5, 0.25, 0, 0.5, 0.25, 0.125].forEach((x, i) => expect(p[i]).toBeCloseTo(x, 12));
  });

  it("know where each text starts", async () => {
    const { partial } = await viewOf({ "a.json": { runs: [chat, { first: chat }] } });
    expect(partial?.sequences).toEqual([{ name: "runs[0].choices[0].logprobs.content", start: 0 }]);
    const other = { ...(chat as object), id: "chatcmpl-2" };
    const lines = [chat, other].map(answer => JSON.stringify(answer)).join("\n");
    const two = await viewOf({ "a.jsonl": lines });
    expect(two.partial?.sequences).toEqual([
      { name: "[0].choices[0].logprobs.content", start: 0 },
      { name: "[1].choices[0].logprobs.content", start: 2 },
    ]);
    expect(two).toMatchObject({ rows: 4 });
  });

  it("tell what was written as null or −9999", async () => {
    const list = [{ token: "a", logprob: 0, top_logprobs: [{ token: "b", logprob: -9999 }] }];
    const view = await viewOf({ "a.json": { logprobs: list } });
    expect(view.source.notes).toEqual([
      "1 log-probability written as null or −9999 read as −∞ (p = 0).",
    ]);
  });

  it("take no labels, names or slicing, and may be read as plain values", async () => {
    const files = {
      "a_logits.json": chat,
      "a_labels.json": [0, 0],
      "classes.json": ["x", "y", "z"],
    };
    const slicing = { classAxis: 0, at: [null, null] };
    const view = await viewOf(files, { slicing, kind: "logits", scores: "sigmoid" });
    expect(view).toMatchObject({
      rows: 2,
      classes: 3,
      labels: null,
      classNames: null,
      problems: [],
    });
    expect(view.partial).not.toBeNull();
    const values = await viewOf(files, { kind: "values" });
    expect(values.partial).toBeNull();
    expect(values.reading.kind).toBe("values");
  });

  it("give way to whole rows of logits in the same file", async () => {
    const view = await viewOf({
      "a.json": { logits: [[1, 2], [2, 1]], tokens: ["a", "b"], token_logprobs: [-1, -2] }, // prettier-ignore
    });
    expect(view).toMatchObject({ partial: null, source: { name: "logits" } });
  });

  it("that hold none are told so", async () => {
    const empty = {
      choices: [{ index: 0, message: { content: "Hi" }, logprobs: null }],
      created: 7,
    };
    await expect(viewOf({ "a.json": empty })).rejects.toThrow(
      /"a\.json" holds an answer without log-probabilities; ask for them/,
    );
  });
});
