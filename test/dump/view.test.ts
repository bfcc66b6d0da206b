import { describe, expect, it } from "vitest";
import { readLogits } from "../../src/dump/view";
import { sourcesOf } from "../../src/dump/fileSources";
import type { JsonValue } from "../../src/formats";
import { NumberArray } from "../../src/formats/json/numberArray";
import { viewOf } from "./open";

const four = [2, 1, 0.5, 0.1];
const rows = [four, [0, 3, 1, 1], [5, 0, 0, 0]];

describe("JSON dumps", () => {
  it("reads a bare list as one row", async () => {
    const view = await viewOf({ "a.json": four });
    expect(view).toMatchObject({ rows: 1, classes: 4, reading: { kind: "logits" } });
    expect([...(await readLogits(view, 0, 1))]).toEqual(four);
  });

  it("reads a list of rows", async () => {
    const view = await viewOf({ "a.json": rows });
    expect(view).toMatchObject({ rows: 3, classes: 4 });
    expect([...(await readLogits(view, 1, 2))]).toEqual(rows.slice(1).flat());
  });

  it("finds logits, labels and class names under the names people use", async () => {
    const view = await viewOf({
      "a.json": { id: 7, scores: rows, ground_truth: [0, 1, 3], class_names: ["a", "b", "c", "d"] },
    });
    expect(view.reading).toMatchObject({ logits: "a.json#scores", labels: "a.json#ground_truth" });
    expect([...view.labels!]).toEqual([0, 1, 3]);
    expect(view.classNames).toEqual(["a", "b", "c", "d"]);
  });

  it("prefers logits to probabilities in one file", async () => {
    const view = await viewOf({ "a.json": { probabilities: [[0.5, 0.5]], logits: [[1, 1]] } });
    expect(view.source.name).toBe("logits");
  });

  it("reads records by columns, with labels by name", async () => {
    const view = await viewOf({
      "a.json": [
        { logits: [1, 2], label: "cat" },
        { logits: [3, 4], label: "dog" },
        { label: "cat" },
      ],
      "classes.json": ["dog", "cat"],
    });
    expect(view).toMatchObject({ rows: 3, classes: 2, problems: [] });
    expect([...view.labels!]).toEqual([1, 0, 1]);
    expect([...(await readLogits(view, 2, 1))]).toEqual([NaN, NaN]);
  });

  it("reads id2label as class names", async () => {
    const view = await viewOf({
      "a.json": { logits: [1, 2], id2label: { "0": "no", "1": "yes" } },
    });
    expect(view.classNames).toEqual(["no", "yes"]);
  });

  it("takes null, -9999 and -Infinity for masks and strings for numbers", async () => {
    const view = await viewOf({ "a.json": `{"logits": [null, -9999.0, -Infinity, "-25.625", 1]}` });
    expect([...(await readLogits(view, 0, 1))]).toEqual([
      -Infinity,
      -Infinity,
      -Infinity,
      -25.625,
      1,
    ]);
    expect(view.source.notes).toHaveLength(1);
  });

  it("reads log p where the file holds probabilities", async () => {
    const view = await viewOf({
      "softmax.json": [
        [0.25, 0.75],
        [1, 0],
      ],
    });
    expect(view.reading.kind).toBe("probabilities");
    expect([...(await readLogits(view, 0, 2))]).toEqual([
      Math.log(0.25),
      Math.log(0.75),
      0,
      -Infinity,
    ]);
  });

  it("refuses what holds no numbers, in a sentence that names the file", async () => {
    await expect(viewOf({ "package.json": { name: "x", version: "1" } })).rejects.toThrow(
      /"package\.json".*no array of numbers/,
    );
  });

  it("names the row where a ragged list breaks", async () => {
    await expect(viewOf({ "a.json": [[1, 2], [1, 2], [1]] })).rejects.toThrow(
      /row 2 holds 1, row 0 holds 2/,
    );
  });
});

describe("labels", () => {
  it("of another length name both files and both lengths", async () => {
    const view = await viewOf({ "val_logits.json": rows, "val_labels.json": [1, 2] });
    expect(view.labels).toBeNull();
    expect(view.problems).toEqual([
      `"val_labels.json" has 2 labels and "val_logits.json" has 3 rows, so they can't belong ` +
        `together; choose other labels.`,
    ]);
  });

  it.each([[4], [-2], [1.5], [-1]])("out of range (%s) are refused", async bad => {
    const view = await viewOf({ "val_logits.json": rows, "val_labels.json": [0, bad, 1] });
    expect(view.problems[0]).toMatch(new RegExp(`label ${bad} in row 1`));
  });

  it("may be (N,1), floats, and ignore_index", async () => {
    const view = await viewOf({ "val_logits.json": rows, "val_labels.json": [[2.0], [-100], [0]] });
    expect([...view.labels!]).toEqual([2, -1, 0]);
  });

  it("can be left out or chosen", async () => {
    const files = {
      "val_logits.json": rows,
      "val_labels.json": [0, 1, 2],
      "other.json": [3, 3, 3],
    };
    expect((await viewOf(files, { labels: null })).labels).toBeNull();
    expect([...(await viewOf(files, { labels: "other.json" })).labels!]).toEqual([3, 3, 3]);
  });

  it("of a batch follow its slice", async () => {
    const files = {
      "a.json": {
        logits: [
          [
            [1, 2],
            [3, 4],
            [0, 0],
          ],
          [
            [5, 6],
            [7, 8],
            [0, 1],
          ],
        ],
        labels: [
          [0, 1, 0],
          [1, 0, 1],
        ],
      },
    };
    expect([...(await viewOf(files)).labels!]).toEqual([0, 1, 0]);
    const second = await viewOf(files, { slicing: { classAxis: 2, at: [1, null, null] } });
    expect([...second.labels!]).toEqual([1, 0, 1]);
    const all = await viewOf(files, { slicing: { classAxis: 2, at: [null, null, null] } });
    expect(all.rows).toBe(6);
    expect([...all.labels!]).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it("of 0 and 1 beside one score a row make it binary", async () => {
    const view = await viewOf({ "a.json": { scores: [0.5, -1, 2], labels: [1, 0, 1] } });
    expect(view).toMatchObject({
      rows: 3,
      classes: 2,
      reading: { scores: "sigmoid", kind: "logits" },
    });
    expect([...(await readLogits(view, 1, 2))]).toEqual([0, -1, 0, 2]);
  });
});

describe("multi-label dumps", () => {
  it("are told by 0/1 labels of the scores' own shape: a sigmoid each", async () => {
    const view = await viewOf({
      "a.json": {
        logits: [
          [0.5, -1],
          [2, 0],
        ],
        labels: [
          [1, 0],
          [1, 1],
        ],
      },
    });
    expect(view).toMatchObject({ rows: 4, classes: 2, reading: { scores: "sigmoid" } });
    expect([...view.labels!]).toEqual([1, 0, 1, 1]);
    expect([...(await readLogits(view, 1, 2))]).toEqual([0, -1, 0, 2]);
  });
});

describe("files as people leave them", () => {
  const six = Array.from({ length: 6 }, (_, r) => [r, 1, 0, 2]);

  it("takes labels.txt with a name a class for class names, and says nothing more", async () => {
    const view = await viewOf({ "val_logits.json": six, "labels.txt": "a\nb\nc\nd\n" });
    expect(view.classNames).toEqual(["a", "b", "c", "d"]);
    expect(view).toMatchObject({ labels: null, problems: [] });
  });

  it("takes a text file with a number a line for labels", async () => {
    const view = await viewOf({ "val_logits.json": six, "val_labels.txt": "0\n1\n3\n2\n1\n0\n" });
    expect([...view.labels!]).toEqual([0, 1, 3, 2, 1, 0]);
  });

  it("says nothing of bare labels that belong to something else", async () => {
    const view = await viewOf({ "row_logits.json": six, "labels.json": [0, 1] });
    expect(view).toMatchObject({ labels: null, problems: [] });
  });

  it("says when class names are of another number", async () => {
    const view = await viewOf({ "a.json": six, "classes.json": ["x", "y", "z"] });
    expect(view.classNames).toBeNull();
    expect(view.problems[0]).toMatch(/"classes.json" names 3 classes and "a.json" has 4/);
  });

  it("reads class names that are an object, either way round", async () => {
    const numbered = { "0": "a", "1": "b", "2": "c", "3": "d" };
    const view = await viewOf({ "a.json": six, "classes.json": numbered });
    expect(view.classNames).toEqual(["a", "b", "c", "d"]);
    const named = { d: 3, a: 0, b: 1, c: 2 };
    const other = await viewOf({ "a.json": six, "label_names.json": named });
    expect(other.classNames).toEqual(["a", "b", "c", "d"]);
  });

  it("does not take record ids for class names", async () => {
    const records = [
      { id: "x1", scores: [1, 2] },
      { id: "x2", scores: [2, 1] },
    ];
    expect((await viewOf({ "a.json": records })).classNames).toBeNull();
  });

  it("says that a temperature below 0 is none, and goes on without", async () => {
    const value = new Map<string, JsonValue>([
      ["logits", NumberArray.from([1, 2])],
      ["temperature", -1],
    ]);
    const { temperature, problems } = sourcesOf("a.json", { format: "json", value });
    expect(temperature).toBeNull();
    expect(problems[0]).toMatch(/"temperature" in "a.json" is -1, which is no temperature/);
  });

  it("tells a choice that is no longer there", async () => {
    const view = await viewOf({ "a.json": six }, { labels: "gone.npy" });
    expect(view.problems).toEqual([
      `"gone.npy" was chosen and is no longer there; choose it again.`,
    ]);
  });
});

describe("class names", () => {
  it("of another length are told when chosen", async () => {
    const view = await viewOf(
      { "a.json": rows, "classes.json": ["x", "y"] },
      { classNames: "classes.json" },
    );
    expect(view.problems[0]).toMatch(/"classes.json" names 2 classes and "a.json" has 4/);
  });
});
