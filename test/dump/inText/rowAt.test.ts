import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runSteps } from "../../../src/core/steps";
import { rowAt } from "../../../src/dump/inText/rowAt";
import { sourcesIn } from "../open";
import { linesOf, placeOf, rowAtOffset, rowIn } from "./marked";

const valuesIn = (...args: Parameters<typeof rowIn>) => {
  const row = rowIn(...args);
  return row && [...row.values];
};

describe("the row under the mouse", () => {
  it.each([
    ['{"logits": [2, |1, 0.5]}', 1],
    ['{"logits": [|2, 1, 0.5]}', 0],
    ['{"logits": [2, 1, 0.|5]}', 2],
    ['{"logits": [2, 1, 0.5|]}', 2],
    ['{"logits": |[2, 1, 0.5]}', null],
    ['{"logits": [2, 1,| 0.5]}', null],
    ['{"logits": [2, 1, 0.5 |]}', null],
    ['{\n  "logits": [\n    2,\n    |1,\n    0.5\n  ]\n}', 1],
    ['{\r\n  "logits": [\r\n    2,\r\n    1,\r\n    0|.5\r\n  ]\r\n}', 2],
    ['{"logits"\n:\n[2, 1\n, |0.5]}', 2],
    ['\ufeff{"logits": [2, |1, 0.5]}', 1],
  ])("is %j with entry %s", (text, entry) => {
    const row = rowIn(text);
    expect([...row!.values]).toEqual([2, 1, 0.5]);
    expect(row).toMatchObject({ entry, index: [], sizes: [], array: { key: { name: "logits" } } });
  });

  it.each([
    '{"logits"|: [2, 1]}',
    '{"logits": [2, 1]|}',
    '{"logits": [2, 1], "n": |3}',
    '{"logits": [[2, 1],| [3, 4]]}',
    '{"logits": [[2, 1], [3, 4]|]}',
    '{"logits": |[[2, 1]]}',
    '{"logits": [[2, 1]]}|',
    '{"logits": [|2]}',
    '{"logits": [|]}',
    "|",
  ])("is none at %j", text => {
    expect(rowIn(text)).toBeNull();
  });

  it("has what JSON in the wild writes for numbers", () => {
    const text = '{"logits": [|1, NaN, Infinity, -Infinity, null, -9999.0, "-25.625", "NaN", 1e3]}';
    const none = -Infinity;
    expect(valuesIn(text)).toEqual([1, NaN, Infinity, none, none, none, -25.625, NaN, 1000]);
  });

  it("has the numbers that the editor reads", async () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
    const words = fc.constantFrom("null", "NaN", "-Infinity", "-9999.0", '"1.5"', '"-inf"', "0.10");
    const list = fc.array(fc.oneof(finite, fc.maxSafeInteger().map(String), words), {
      minLength: 2,
    });
    const property = fc.asyncProperty(list, async entries => {
      const text = `{"logits": [${entries.join(", ")}]}`;
      const [source] = await sourcesIn("a.json", text);
      const values = source.what === "array" && (await source.tensor!.read(0, entries.length));
      expect(rowAtOffset(text, 12)!.values).toEqual(values);
    });
    await fc.assert(property);
  });

  it("has integers beyond 2^53 and long decimals as JavaScript reads them", () => {
    const entries = ["12345678901234567890", "-0.1234567890123456789", "1e-320", "1.5E+3"];
    expect(valuesIn(`{"logits": [|${entries.join()}]}`)).toEqual(entries.map(Number));
  });

  it.each([
    ['{"logits": [1, |2', [1, 2]],
    ['{"logits": [1, |2,', [1, 2]],
    ['{"logits": [1, |2, -', [1, 2]],
    ['{"logits": [1, |2, 3.', [1, 2]],
    ['{"logits": [1, |2\n  "labels": [0]}', [1, 2]],
    ['{"logits": [1, |2, "classes": ["a"]}', [1, 2]],
    ['{"logits": [1, |2}', [1, 2]],
    ['{"logits": [1, |2, ]}', [1, 2]],
    ['{"logits": [[1, 2], [3, |4', [3, 4]],
    ['[{"logits": [1, |2', [1, 2]],
  ])("is read while it is typed: %j", (text, values) => {
    expect(valuesIn(text)).toEqual(values);
  });

  it("ends where it is cut, and what comes after is none of it", () => {
    expect(rowIn('{"logits": [1, 2\n  "labels": |3}')).toBeNull();
    expect(rowIn('{"logits": [1, 2, "n": 3, "m"|: 4}')).toBeNull();
  });

  it.each(['[|1, "a"]', '[|1, {"a": 2}]', "[|1, [2]]", "[|1 2]", "[|1, true]", "[|01, 2]"])(
    "is none where a list holds anything else: %s",
    list => {
      expect(rowIn(`{"logits": ${list}}`)).toBeNull();
    },
  );

  it.each([
    '{"note": "logits: [1, |2, 3]"}',
    '{"note": "{\\"logits\\": [1, |2, 3]}"}',
    '{"note": "see, [1, 2], [3, |4]"}',
    '{"note": "\\\\\\"logits\\": [1, |2]"}',
    '{"logits": "[1, |2]"}',
  ])("is none within a string: %s", text => {
    for (const scope of ["scoresKeys", "scoresFile", "everyArray"] as const) {
      expect(rowIn(text, scope)).toBeNull();
    }
  });

  it("is found behind strings with brackets, colons and quotation marks", () => {
    const text = '{"a": "[\\": [1, 2", "b\\\\": "}", "logits": [1, |2]}';
    expect(valuesIn(text)).toEqual([1, 2]);
  });

  it("is one line of JSONL, whatever the others hold", () => {
    const text = '{"logits": [1, 2\n[3, 4]\n{"logits": [5, |6], "label": 1}\n{"x": 1}';
    expect(rowIn(text, "scoresKeys", true)).toMatchObject({
      label: 1,
      open: { line: 2, character: 11 },
      end: { line: 2, character: 17 },
      array: { key: { name: "logits", at: { line: 2, character: 1 } } },
    });
    expect(valuesIn("[1, 2]\n[3, |4]", "scoresFile", true)).toEqual([3, 4]);
    expect(valuesIn("[1, 2]\n[3, |4]", "scoresFile", false)).toBeNull();
  });
});

describe("a row's place in its array", () => {
  it("is counted along every axis", () => {
    const text = '{"logits": [[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, |10], [11, 12]]]}';
    expect(rowIn(text)).toMatchObject({ index: [1, 1], sizes: [2, 3], entry: 1 });
  });

  it("has no size along an axis whose end isn't written", () => {
    expect(rowIn('{"logits": [[1, 2], [3, |4')).toMatchObject({ index: [1], sizes: [null] });
    expect(rowIn('{"logits": [[1, |2], [3, 4]}')).toMatchObject({ index: [0], sizes: [null] });
  });

  it("is not counted where that takes too long, and the row is still known", () => {
    const small = "[1, 2], ".repeat(300_000);
    const text = `{"logits": [${small}[3, 4]], "classes": ["a", "b"]}`;
    const row = rowAtOffset(text, text.indexOf("3"))!;
    expect(row).toMatchObject({ index: null, sizes: [null], classNames: ["a", "b"], label: null });
    expect([...row.values]).toEqual([3, 4]);
  });

  it("is unknown among millions of lines, where the start of the text tells the key", () => {
    const text = (key: string) =>
      `{\n "${key}": [\n${"  [\n   1,\n   2\n  ],\n".repeat(40_000)}  [\n   3,\n   4\n  ]\n ]\n}`;
    const logits = text("logits");
    expect(rowAtOffset(logits, logits.indexOf("3"))).toMatchObject({ index: null, entry: 0 });
    const other = text("embedding");
    expect(rowAtOffset(other, other.indexOf("3"))).toBeNull();
    const deeper = logits.replace("  [\n   3", "   [\n   3");
    expect(rowAtOffset(deeper, deeper.indexOf("3"))).toBeNull();
  });

  const between = [",", ", ", " , ", ",\n", ",\n  ", "\n,"];
  const layouts = between.flatMap(comma => [2, 200].map(classes => [comma, classes] as const));
  it.each(layouts)("is counted in a long text, with %j between rows of %d", (comma, classes) => {
    const row = (r: number) => `[${Array.from({ length: classes }, (_, k) => r + k).join(", ")}]`;
    const rows = Math.floor(6000 / Math.sqrt(classes));
    const matrix = Array.from({ length: rows }, (_, r) => row(r)).join(comma);
    const other = `"x": [[1, 2], ${"[3, 4], ".repeat(50_000)}[5, 6]]`;
    const behind = '"classes": ["a", "b"]';
    for (const text of [
      `{"logits": [${matrix}], ${behind}, ${other}}`,
      `{${other}, "logits": [${matrix}], ${behind}}`,
    ]) {
      const start = text.indexOf('"logits"');
      for (const r of [0, 1, rows >> 1, rows - 1]) {
        const found = rowAtOffset(text, text.indexOf(row(r), start) + 1)!;
        const known = { index: [r], sizes: [rows], array: { key: { name: "logits" } } };
        expect(found).toMatchObject({ ...known, classNames: classes === 2 ? ["a", "b"] : null });
      }
    }
  });

  it("is counted among matrices, with short rows and long ones", () => {
    const matrix = (rows: number) => Array.from({ length: rows }, (_, r) => [r, r + 0.5]);
    const cube = [matrix(9000), matrix(9000), matrix(9000)];
    const text = JSON.stringify({ logits: cube });
    const found = rowAtOffset(text, text.lastIndexOf("[8000,") + 1);
    expect(found).toMatchObject({ index: [2, 8000], sizes: [3, 9000] });
  });

  it("is told for any row of any nesting, however it is laid out", () => {
    const shape = fc.array(fc.integer({ min: 2, max: 4 }), { minLength: 1, maxLength: 4 });
    const around = fc.constantFrom(
      (array: unknown): unknown => ({ logits: array }),
      (array: unknown): unknown => [{ id: "a:[", logits: array, labels: [1, 0, 5] }],
      (array: unknown): unknown => ({ a: { "b]": ["x", "\\"] }, c: { logits: array }, d: [[7]] }),
    );
    const indent = fc.constantFrom(0, 1, 2, "\t");
    const property = fc.property(shape, around, indent, fc.boolean(), (sizes, wrap, by, crlf) => {
      const count = sizes.reduce((a, b) => a * b);
      // Numbers that stand nowhere else in the text.
      const nested = (axis: number, from: number): unknown => {
        const step = sizes.slice(axis + 1).reduce((a, b) => a * b, 1);
        return Array.from({ length: sizes[axis] }, (_, i) =>
          axis + 1 === sizes.length ? 1000 + from + i : nested(axis + 1, from + i * step),
        );
      };
      const plain = JSON.stringify(wrap(nested(0, 0)), null, by);
      const text = crlf ? plain.replaceAll("\n", "\r\n") : plain;
      const classes = sizes.at(-1)!;
      for (let n = 0; n < count; n++) {
        const row = rowAtOffset(text, text.indexOf(String(1000 + n)) + 1)!;
        const first = 1000 + n - (n % classes);
        expect([...row.values]).toEqual(Array.from({ length: classes }, (_, k) => first + k));
        expect(row.entry).toBe(n % classes);
        expect(row.sizes).toEqual(sizes.slice(0, -1));
        let rest = Math.floor(n / classes);
        const index: number[] = [];
        for (const size of sizes.slice(0, -1).reverse()) {
          index.unshift(rest % size);
          rest = Math.floor(rest / size);
        }
        expect(row.index).toEqual(index);
      }
    });
    fc.assert(property);
  });
});

describe("what counts as scores", () => {
  it.each(["logits", "scores", "logprobs", "log_probs", "attention", "valLogits", "probs_2"])(
    "are numbers under %j",
    key => {
      expect(valuesIn(`{"${key}": [1, |2]}`)).toEqual([1, 2]);
    },
  );

  it.each(["attention_mask", "logits_shape", "token_logprobs", "labels", "embedding", "x", ""])(
    "are none under %j",
    key => {
      expect(rowIn(`{"${key}": [1, |2]}`)).toBeNull();
    },
  );

  it("are all that no key speaks against in a file of scores, and every array if so set", () => {
    const text = (key: string) => `{"${key}": [1, |2]}`;
    expect(valuesIn(text("data"), "scoresFile")).toEqual([1, 2]);
    expect(valuesIn("[[1, |2]]", "scoresFile")).toEqual([1, 2]);
    expect(rowIn(text("labels"), "scoresFile")).toBeNull();
    expect(valuesIn(text("labels"), "everyArray")).toEqual([1, 2]);
    expect(rowIn("[[1, |2]]", "scoresKeys")).toBeNull();
  });
});

describe("what stands beside a row", () => {
  it("names its classes, its label and the temperature", () => {
    const text =
      '{"classes": ["cat", "dog"], "n": 3, "logits": [[1, 2], [3, |4]], "labels": [0, 1], ' +
      '"tokens": ["the", "end"], "temperature": 0.5}';
    expect(rowIn(text)).toMatchObject({
      classNames: ["cat", "dog"],
      label: 1,
      token: "end",
      temperature: 0.5,
    });
  });

  it("names its classes by number as well", () => {
    const text = '{"logits": [1, |2], "id2label": {"1": "dog", "0": "cat"}}';
    expect(rowIn(text)!.classNames).toEqual(["cat", "dog"]);
  });

  it("is found in the record, and around all records", () => {
    const text =
      '{"classes": ["cat", "dog"], "runs": [{"logits": [3, 4], "label": 0}, ' +
      '{"label": "dog", "logits": [5, |6]}]}';
    expect(rowIn(text)).toMatchObject({ classNames: ["cat", "dog"], label: 1 });
  });

  it("says where each class is right or wrong by itself, so that there is no distribution", () => {
    expect(rowIn('{"logits": [[1, |2], [3, 4]], "labels": [[0, 1], [1, 1]]}')).toBeNull();
    expect(rowIn('{"logits": [1, |2, 3], "labels": [0, 1, 1]}')).toBeNull();
    expect(rowIn('{"logits": [[1, |2], [3, 4]], "labels": [[0], [1]]}')!.label).toBe(0);
  });

  it("is ignored where it doesn't fit", () => {
    const text = '{"classes": ["cat"], "logits": [[1, |2]], "labels": [2], "temperature": -1}';
    const nothing = { classNames: null, label: null, token: null, temperature: null };
    expect(rowIn(text)).toMatchObject(nothing);
    expect(rowIn('{"labels": [-100], "logits": [[1, |2]]}')).toMatchObject(nothing);
  });
});

describe("hostile text", () => {
  it("never throws and gives the mouse back, whatever is written", () => {
    const piece = fc.constantFrom(
      ...'[]{}:,"\\ \n\t-.e0123456789',
      '"logits"',
      '"logits": [',
      "NaN",
      "null",
      "Infinity",
      "é",
      "😀",
    );
    const property = fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
      const text = pieces.join("");
      for (let offset = 0; offset <= text.length; offset++) {
        for (const scope of ["scoresKeys", "everyArray"] as const) {
          const row = rowAtOffset(text, offset, scope);
          if (row) expect(row.values.length).toBeGreaterThanOrEqual(2);
        }
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("of 50 MB takes no time where it is nothing: one word, one string, brackets, keys", () => {
    const length = 5_000_000;
    const texts = [
      "a".repeat(length),
      `{"${"a".repeat(length)}": [1, 2]}`,
      `{"logits": ${"[".repeat(length)}`,
      `{"logits": [1, 2], ${'"a":1,'.repeat(length / 6)}"b": 1}`,
      `{"logits": [1, 2]${" ".repeat(length)}}`,
    ];
    for (const text of texts) {
      for (const offset of [13, length >> 1, text.length - 3]) {
        expect(() => rowAtOffset(text, offset, "everyArray")).not.toThrow();
      }
    }
  });

  it("is read in steps, so that a long row can be given up", () => {
    const text = `{"logits": [${"1.25,".repeat(200_000)}1]}`;
    const steps = rowAt(linesOf(text), placeOf(text, 20), "scoresKeys", false);
    expect(steps.next().done).toBe(false);
    expect(
      runSteps(rowAt(linesOf(text), placeOf(text, 20), "scoresKeys", false))!.values.length,
    ).toBe(200_001);
  });
});
