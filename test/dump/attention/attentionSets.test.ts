import { describe, expect, it } from "vitest";
import { attentionSets } from "../../../src/dump/attention/attentionSets";
import { readHead } from "../../../src/dump/attention/readHead";
import { memoryTensor } from "../../../src/dump/memoryTensor";
import type { ArraySource } from "../../../src/dump/source";
import { FormatError } from "../../../src/formats/errors";

/** An array that counts up from `from`. */
function source(name: string, shape: number[], from = 0): ArraySource {
  const size = shape.reduce((product, dim) => product * dim, 1);
  const tensor = memoryTensor(
    Float64Array.from({ length: size }, (_, i) => from + i),
    shape,
  );
  const own = { what: "array", id: `a.npz#${name}`, file: "a.npz", name } as const;
  return { ...own, tensor, refusal: null, voidAs: null, notes: [] };
}

const one = (...sources: ArraySource[]) => attentionSets(sources)[0];

describe("the layout of attention maps", () => {
  it.each([
    [[2, 3], { batch: 1, layer: 1, head: 1 }],
    [[4, 2, 3], { batch: 1, layer: 1, head: 4 }],
    [[5, 4, 2, 3], { batch: 1, layer: 5, head: 4 }],
    [[6, 5, 4, 2, 3], { batch: 6, layer: 5, head: 4 }],
  ])("%j goes by its rank", async (shape, sizes) => {
    const set = one(source("attention", shape));
    expect(set).toMatchObject({ sizes, rows: 2, columns: 3 });
    const last = { batch: sizes.batch - 1, layer: sizes.layer - 1, head: sizes.head - 1 };
    const { values } = await readHead(set, last);
    const size = shape.reduce((product, dim) => product * dim, 1);
    expect([...(values as Float64Array)]).toEqual([6, 5, 4, 3, 2, 1].map(i => size - i));
  });

  it("goes by the axes also in column-major order", async () => {
    const [heads, rows, columns] = [2, 2, 3];
    // Element (h, q, k) is 100h + 10q + k, the first axis varying fastest.
    const data = Float64Array.from({ length: heads * rows * columns }, (_, i) => {
      return 100 * (i % 2) + 10 * (Math.floor(i / 2) % 2) + Math.floor(i / 4);
    });
    const plain = source("attention", [heads, rows, columns]);
    const read = async (start: number, count: number) => data.slice(start, start + count);
    const tensor = { ...plain.tensor!, fortranOrder: true, read };
    const { values } = await readHead(one({ ...plain, tensor }), { batch: 0, layer: 0, head: 1 });
    expect([...(values as Float64Array)]).toEqual([100, 101, 102, 110, 111, 112]);
  });

  it("joins arrays whose names count layers, in the order of the numbers", async () => {
    const arrays = [10, 2, 1].map(n => source(`attentions_${n}`, [1, 3, 2, 2], 100 * n));
    const set = one(...arrays);
    expect(set).toMatchObject({ id: "a.npz#attentions_*", sizes: { batch: 1, layer: 3, head: 3 } });
    const { values } = await readHead(set, { batch: 0, layer: 2, head: 1 });
    expect([...(values as Float64Array)]).toEqual([1004, 1005, 1006, 1007]);
  });

  it("joins arrays whose names count layers and heads", async () => {
    const arrays = [0, 1, 2].flatMap(layer =>
      [0, 1].map(head => source(`block_${layer}_attn_head_${head}`, [2, 2], 10 * layer + head)),
    );
    const set = one(...arrays);
    expect(set.sizes).toEqual({ batch: 1, layer: 3, head: 2 });
    const { values } = await readHead(set, { batch: 0, layer: 2, head: 1 });
    expect(values[0]).toBe(21);
  });

  it("joins arrays whose names count heads", () => {
    const arrays = [0, 1].map(head => source(`attn_head_${head}`, [4, 2, 2]));
    expect(one(...arrays).sizes).toEqual({ batch: 1, layer: 4, head: 2 });
  });

  it("leaves apart arrays with a gap in their numbers, or of different shapes", () => {
    const gap = ["1_attn_1", "1_attn_2", "2_attn_1"].map(name => source(name, [2, 2]));
    expect(attentionSets(gap)).toHaveLength(3);
    expect(attentionSets([source("attn_1", [2, 2]), source("attn_2", [3, 3])])).toHaveLength(2);
  });

  it("prefers masked scores, then what is named attention, then square maps without a name", () => {
    const sets = attentionSets([
      source("x", [3, 4, 4]),
      source("scores", [3, 4, 4]),
      source("attn_dropout", [2, 2]),
      source("attn_softmax", [2, 2]),
      source("attn", [2, 2]),
      source("attn_masked", [2, 2]),
    ]);
    expect(sets.map(set => set.members[0].name)).toEqual([
      "attn_masked",
      "attn",
      "attn_softmax",
      "attn_dropout",
      "x",
      "scores",
    ]);
  });

  it("takes no labels, no logits of a batch, no vectors, nothing empty and nothing of six axes", () => {
    const none = [
      source("labels", [3, 3]),
      source("logits", [5, 5]),
      source("logits", [2, 5, 7]),
      source("attention_mask", [9]),
      source("attention", [0, 4, 4]),
      source("attention", [1, 1, 1, 1, 2, 2]),
    ];
    expect(attentionSets(none)).toEqual([]);
  });

  it("refuses a place that is not there, and maps too large to show, in a sentence each", async () => {
    const set = one(source("attention", [4, 2, 2]));
    const place = { batch: 0, layer: 0, head: 4 };
    await expect(readHead(set, place)).rejects.toThrow("There is no head 4; the last is 3.");
    const huge = readHead({ ...set, rows: 1e5, columns: 1e5 }, { ...place, head: 0 });
    await expect(huge).rejects.toBeInstanceOf(FormatError);
  });
});
