import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elementCount } from "../../src/core/tensor";
import { sourcesIn } from "./open";

/** An array by its name, as nested plain lists would flatten. */
async function read(file: string, text: string, name: string) {
  const source = (await sourcesIn(file, text)).find(found => found.name === name);
  if (source?.what !== "array") throw new Error(`no array ${name}`);
  const tensor = source.tensor!;
  const values = await tensor.read(0, elementCount(tensor.shape));
  return { shape: tensor.shape, values: [...values], notes: source.notes, tensor };
}

const entry = fc.oneof(fc.integer({ min: -99, max: 99 }), fc.constant(null), fc.constant(-9999));
const row = (width: number) => fc.array(entry, { minLength: width, maxLength: width });

describe("arrays of a JSON file", () => {
  it("read the same at any place and length, whatever lies between their rows", async () => {
    const records = fc.integer({ min: 1, max: 5 }).chain(width =>
      fc.array(fc.record({ scores: row(width), ids: row(2), label: fc.nat(9) }), {
        minLength: 1,
        maxLength: 20,
      }),
    );
    await fc.assert(
      fc.asyncProperty(records, fc.nat(120), fc.nat(120), async (list, start, count) => {
        const flat = list.flatMap(record => record.scores as (number | null)[]);
        const right = flat.map(value => (value === null || value === -9999 ? -Infinity : value));
        const text = list.map(record => JSON.stringify(record)).join("\n");
        const { tensor, shape, values } = await read("a.jsonl", text, "scores");
        expect(shape).toEqual([list.length, list[0].scores.length]);
        expect(values).toEqual(right);
        expect([...(await tensor.read(start, count))]).toEqual(right.slice(start, start + count));
      }),
    );
  });

  it("count what is masked", async () => {
    const text = "[[1, null], [-9999, 2], [3, null]]";
    expect((await read("a.json", text, "")).notes).toEqual([
      "3 entries written as null or −9999 read as −∞ (masked).",
    ]);
  });

  it("keep a row for a record without one", async () => {
    const text = '[{"a": [[1, 2], [3, 4]]}, {}, {"a": [[5, 6], [7, "8"]]}]';
    const { shape, values } = await read("a.json", text, "a");
    expect(shape).toEqual([3, 2, 2]);
    expect(values).toEqual([1, 2, 3, 4, NaN, NaN, NaN, NaN, 5, 6, 7, 8]);
  });

  it.each([
    ["[[1, 2], [3]]", "row 1 holds 1, row 0 holds 2"],
    ["[[[1, 2]], [[3, 4, 5]]]", "row 0 holds 3, row 0 holds 2"],
    ['[["1", 2], [3, 4, 5]]', "row 1 holds 3, row 0 holds 2"],
  ])("say where %s stops being alike", async (text, where) => {
    await expect(read("a.json", text, "")).rejects.toThrow(where);
  });
});
