import { describe, expect, it } from "vitest";
import { readLogits } from "../../../src/dump/view";
import { viewOf } from "../open";
import { evalSamples } from "../../fixtures/answers.mjs";

const [sample] = evalSamples;

describe("samples of an evaluation", () => {
  const lines = evalSamples.map(s => JSON.stringify(s)).join("\n");
  it.each([
    ["a line a document", { "samples.jsonl": lines }],
    ["one list", { "samples.json": evalSamples }],
    ["a report", { "r.json": { config: { n: 2 }, samples: { task: evalSamples } } }],
    ["before filters", { "s.json": evalSamples.map(s => ({ ...s, filtered_resps: undefined })) }],
    [
      "numbers alone",
      {
        "s.json": evalSamples.map(s => ({
          ...s,
          filtered_resps: s.filtered_resps.map(([l]) => Number(l)),
        })),
      },
    ],
    [
      "numbers with flags",
      {
        "s.json": evalSamples.map(s => ({
          ...s,
          filtered_resps: s.filtered_resps.map(([l]) => [Number(l), 0]),
        })),
      },
    ],
    [
      "arguments as lists",
      {
        "s.json": evalSamples.map(s => ({
          ...s,
          arguments: Object.values(s.arguments).map(a => [a.arg_0, a.arg_1]),
        })),
      },
    ],
  ])("are rows of log-likelihoods: %s", async (_, files) => {
    const view = await viewOf(files);
    expect(view).toMatchObject({ rows: 2, classes: 3, partial: null, problems: [] });
    expect(view.reading.kind).toBe("logits");
    expect([...(await readLogits(view, 0, 2))]).toEqual([-3.5, -2.25, -1.5, -4, -1, -2]);
    expect([...view.labels!]).toEqual([2, 0]);
    expect(view.classNames).toEqual(["A", "B", "C"]);
  });

  it.each([
    [2, 2],
    ["2", 2],
    [[1], 1],
    ["B", 1],
    [" B", 1],
    ["D", -1],
    [3, -1],
    [null, -1],
  ])("have the target %o as label %i", async (target, label) => {
    const view = await viewOf({ "s.json": [{ ...sample, target }, evalSamples[1]] });
    expect([...view.labels!]).toEqual([label, 0]);
  });

  it("mask the choices that a document doesn't have", async () => {
    const short = { ...sample, target: 1, filtered_resps: [["-1", "True"], ["-2", "False"]] }; // prettier-ignore
    const view = await viewOf({ "s.json": [sample, short] });
    expect([...(await readLogits(view, 1, 1))]).toEqual([-1, -2, -Infinity]);
    expect(view.source.notes).toHaveLength(1);
  });

  it("of generated text are told so", async () => {
    const texts = { doc_id: 0, target: "42", resps: [["It is 42"]], filtered_resps: ["42"] };
    await expect(viewOf({ "s.jsonl": JSON.stringify(texts) })).rejects.toThrow(
      /"s\.jsonl" holds samples of an evaluation without choices/,
    );
  });

  it("without any target are a dump without labels", async () => {
    const view = await viewOf({ "s.json": evalSamples.map(s => ({ ...s, target: "?" })) });
    expect(view.labels).toBeNull();
  });
});
