import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runSteps } from "../../../src/core/steps";
import { rowAt } from "../../../src/dump/inText/rowAt";
import { unlimited, type Place, type TextLines } from "../../../src/dump/inText/text";
import { linesOf } from "./marked";

/** How an array is written: what stands between numbers and between lists, and inside brackets. */
const layouts = fc.record({
  number: fc.constantFrom(",", ", ", ",\n  "),
  list: fc.constantFrom(",", ", ", ",\n", ",\n\n"),
  inside: fc.constantFrom("", " ", "\n"),
});

/** Sizes of all axes; the outer ones make the text long enough for marks on its way. */
const shapes = fc.oneof(
  fc.tuple(fc.integer({ min: 200, max: 700 }), fc.integer({ min: 2, max: 150 })),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 50, max: 300 }), fc.constant(40)),
  fc.tuple(fc.constant(3), fc.constant(2), fc.integer({ min: 60, max: 90 }), fc.constant(30)),
);

type Layout = typeof layouts extends fc.Arbitrary<infer L> ? L : never;

function written(shape: readonly number[], layout: Layout): string {
  const [size, ...inner] = shape;
  const one = inner.length === 0 ? "-12.3456" : written(inner, layout);
  const between = inner.length === 0 ? layout.number : layout.list;
  return `[${layout.inside}${Array(size).fill(one).join(between)}${layout.inside}]`;
}

/** The innermost opening brackets, one a row. */
function rowsOf({ lineCount, lineAt }: TextLines): Place[] {
  return Array.from({ length: lineCount }, (_, line) =>
    [...lineAt(line).matchAll(/\[(?!\s*\[)(?!$)|\[$/g)].map(({ index }) => ({
      line,
      character: index,
    })),
  ).flat();
}

const positionAt = (text: TextLines, at: Place) => {
  const row = runSteps(rowAt(text, at, "scoresKeys", false));
  return row && { index: row.index, sizes: row.sizes };
};

describe("rows of an array that was counted before", () => {
  it("stand where they do in one that was not", () => {
    const property = fc.property(shapes, layouts, fc.nat(), (shape, layout, seed) => {
      const text = `{"logits": ${written(shape, layout)},\n "labels": []}`;
      const rows = rowsOf(linesOf(text));
      const kept = linesOf(text);
      const some = [0, 1, rows.length - 1, ...[3, 5, 7].map(n => (seed % 1009) * n)];
      for (const i of some) {
        const at = rows[i % rows.length];
        expect(positionAt(kept, at)).toEqual(positionAt(linesOf(text), at));
      }
    });
    fc.assert(property, { numRuns: 60 });
  });

  it("are counted however many lines they take, if they once were", () => {
    const text = linesOf(`{"logits": [\n${Array(4000).fill("[\n1,\n2\n]").join(",\n")}\n]}`);
    const at = (line: number) => ({ line, character: 0 });
    expect(positionAt(text, at(1))).toEqual({ index: [0], sizes: [null] });
    expect(positionAt(text, at(12_001))).toEqual({ index: null, sizes: [null] });
    runSteps(rowAt(text, at(1), "scoresKeys", false, unlimited));
    expect(positionAt(text, at(1))).toEqual({ index: [0], sizes: [4000] });
    expect(positionAt(text, at(12_001))).toEqual({ index: [3000], sizes: [4000] });
  });

  it("are counted from a mark, not from the start again", () => {
    let looked = 0;
    const lines = linesOf(`{"logits": [${Array(7000).fill("[1, 2, 3]").join(",\n")}]}`);
    const text = { ...lines, lineAt: (line: number) => (looked++, lines.lineAt(line)) };
    const lookedFor = (line: number) => {
      looked = 0;
      expect(positionAt(text, { line, character: 2 })).toMatchObject({ sizes: [7000] });
      return looked;
    };
    expect(lookedFor(6000)).toBeGreaterThan(7000);
    expect(lookedFor(5900)).toBeLessThan(3000);
  });

  it("keep their marks when a row behind them is looked for among them", () => {
    let looked = 0;
    const rows = (count: number) => Array(count).fill("[1, 2, 3]").join(",\n");
    const lines = linesOf(`{"logits": [${rows(5000)}],\n"scores": [\n${rows(2000)}]}`);
    const text = { ...lines, lineAt: (line: number) => (looked++, lines.lineAt(line)) };
    const lookedFor = (line: number) => {
      looked = 0;
      expect(positionAt(text, { line, character: 2 })).toMatchObject({ index: [line] });
      return looked;
    };
    lookedFor(4000);
    const before = lookedFor(3900);
    // No colon is within a thousand lines of it.
    const behind = { index: [1499], sizes: [2000] };
    expect(positionAt(text, { line: 6500, character: 2 })).toEqual(behind);
    expect(lookedFor(3900)).toBe(before);
  });
});
