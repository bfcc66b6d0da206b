import { describe, expect, it } from "vitest";
import { runSteps } from "../../../src/core/steps";
import { addressOf, tokensNameOf } from "../../../src/dump/inText/addressOf";
import { sourceId } from "../../../src/dump/source";
import { readLogits } from "../../../src/dump/view";
import { viewOf } from "../open";
import { linesOf, placeOf, rowAtOffset, tokenAtOffset } from "./marked";

/** The row at `99`, as the text has it and as an open dump has it at its address. */
async function bothWays(file: string, text: string) {
  const isLines = file.endsWith("l");
  const row = rowAtOffset(text, text.indexOf("99"), "everyArray", isLines)!;
  const address = runSteps(addressOf(linesOf(text), row.open, isLines))!;
  const view = await viewOf(
    { [file]: text },
    {
      logits: sourceId(file, address.name),
      slicing: address.slicing,
    },
  );
  const read = await readLogits(view, address.row, 1);
  return { inText: [...row.values], inDump: [...read], address };
}

const documents: [string, unknown][] = [
  ["a.json", [1, 99]],
  [
    "a.json",
    [
      [1, 2],
      [3, 99],
      [5, 6],
    ],
  ],
  [
    "a.json",
    {
      logits: [
        [1, 2],
        [3, 99],
      ],
      labels: [0, 1],
    },
  ],
  [
    "a.json",
    {
      teacher: {
        logits: [
          [1, 2],
          [7, 8],
        ],
      },
      student: {
        logits: [
          [1, 2],
          [3, 99],
        ],
      },
    },
  ],
  [
    "a.json",
    {
      attention: [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [99, 8],
        ],
        [
          [9, 9],
          [7, 7],
        ],
      ],
    },
  ],
  [
    "a.json",
    [
      { id: "x]", logits: [1, 2] },
      { id: "y", logits: [3, 99] },
    ],
  ],
  [
    "a.json",
    [
      {
        logits: [
          [1, 2],
          [3, 4],
        ],
      },
      {
        logits: [
          [5, 6],
          [7, 99],
        ],
      },
    ],
  ],
];

describe("the address of a row in a text", () => {
  it.each(documents)("leads to the same numbers in %s %j", async (file, value) => {
    for (const indent of [0, 2]) {
      const { inText, inDump } = await bothWays(file, JSON.stringify(value, null, indent));
      expect(inDump).toEqual(inText);
    }
  });

  it("counts the lines of JSONL that hold something", async () => {
    const text = '{"logits": [1, 2]}\n\n{"logits": [3, 4]}\n{"id": 1, "logits": [5, 99]}\n';
    const { inText, inDump, address } = await bothWays("a.jsonl", text);
    expect(address).toMatchObject({ name: "logits", row: 2 });
    expect(inDump).toEqual(inText);
    const matrices = '{"logits": [[1, 2], [3, 4]]}\n{"logits": [[5, 6], [7, 99]]}';
    const nested = await bothWays("b.jsonl", matrices);
    expect(nested.inDump).toEqual(nested.inText);
    expect((await bothWays("c.jsonl", "[1, 2]\n[3, 99]")).address).toMatchObject({ row: 1 });
  });

  it("is found beyond what a hover counts", () => {
    const small = "[1, 2],".repeat(150_000);
    const text = `{"classes": ["a", "b"], "logits": [${small}[3, 99]]}`;
    const place = placeOf(text, text.indexOf("[3"));
    expect(runSteps(addressOf(linesOf(text), place, false))).toMatchObject({ row: 150_000 });
  });

  it.each([
    ['{"runs": [{"logits": [1, 99]}]}', false],
    ['[{"run": {"logits": [1, 99]}}]', false],
    ['{"run": {"logits": [1, 99]}}', true],
  ])("is none where the reader of files looks for no rows: %s", (text, isLines) => {
    const place = placeOf(text, text.indexOf("[1"));
    expect(runSteps(addressOf(linesOf(text), place, isLines))).toBeNull();
  });
});

describe("the name of a text of tokens", () => {
  const tokens = [
    { token: "a", logprob: -1 },
    { token: "b", logprob: -2 },
  ];
  const chat = { id: "c", choices: [{ note: "[", logprobs: { content: tokens } }] };
  it.each([
    ["a.json", JSON.stringify(chat)],
    ["a.json", JSON.stringify([{ x: 1 }, chat], null, 2)],
    ["a.jsonl", `{"x": 1}\n\n${JSON.stringify(chat)}`],
    ["a.json", JSON.stringify(tokens)],
  ])("is that of the dump: %s %s", async (file, text) => {
    const isLines = file.endsWith("l");
    const { list, index } = tokenAtOffset(text, text.indexOf('"b"') + 1, isLines)!;
    const name = runSteps(tokensNameOf(linesOf(text), list!, isLines));
    const { partial } = await viewOf({ [file]: text });
    expect(partial!.sequences).toEqual([{ name, start: 0 }]);
    expect(index).toBe(1);
  });
});
