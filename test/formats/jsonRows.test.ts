import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type * as limitsModule from "../../src/formats/limits";
import { PieceScanner, scanRows } from "../../src/formats/json/rows";
import { MemorySource } from "../../src/formats/memorySource";
import { openFile } from "../../src/formats/open";
import { attempt, spellJson } from "./outcome";

/** The size of pieces, which the tests vary; hoisted as mocks are. */
const size = vi.hoisted(() => ({ piece: 64 }));
vi.mock("../../src/formats/limits", async importOriginal => {
  const { limits } = await importOriginal<typeof limitsModule>();
  const varied = { get: () => size.piece, enumerable: true };
  const small = { ...limits, jsonThreadBytes: 0 };
  return { limits: Object.defineProperty(small, "jsonPieceBytes", varied) };
});

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function told(text: string, piece?: number): Promise<{ told: unknown; taken: number }> {
  const source = new MemorySource("a.json", bytesOf(text));
  let taken = 0;
  const scanner = new PieceScanner();
  const read = async (from: number, to: number) => {
    const found = await scanner.read(source, from, to);
    if (found) taken += found.shape[0]!;
    return found;
  };
  size.piece = piece ?? 64;
  const options = piece ? { rowReaders: { atOnce: 3, read } } : {};
  const { opened, error } = await attempt(() => openFile(source, options));
  if (error) return { told: [error.message, error.place], taken };
  return { told: opened.format === "json" && spellJson(opened.value), taken };
}

const blank = fc.constantFrom("", "", " ", "\n ");
const entry = fc.oneof(
  { weight: 40, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
  { weight: 4, arbitrary: fc.constantFrom("null", "NaN", "-Infinity", "12345678901234567890") },
  { weight: 1, arbitrary: fc.constantFrom('"[1"', "[1]", "oops", "[", "]", "{}") },
);
const matrix = fc
  .tuple(
    fc.array(fc.array(entry, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 40 }),
    blank,
    fc.constantFrom("", "", "", ", [1]", ', "["'),
  )
  .map(([rows, between, end]) => {
    const lists = rows.map(row => `[${row.join(`,${between}`)}]`);
    return `[${lists.join(`${between},${between}`)}${end}]`;
  });
const text = fc.oneof(
  matrix,
  matrix.map(rows => `{"a": "[", "logits": ${rows}, "labels": [1, 2]}`),
  fc.tuple(matrix, matrix).map(pair => `[${pair.join(",")}]`),
);

describe("rows scanned in pieces", () => {
  it("make the same document, however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 200 }), async (whole, piece) => {
        expect((await told(whole, piece)).told).toEqual((await told(whole)).told);
      }),
      { numRuns: 1500 },
    );
  });

  it("are most of a large matrix", async () => {
    const row = `[${Array.from({ length: 10 }, (_, k) => k / 8).join()}]`;
    const whole = `{"logits": [${Array.from({ length: 1000 }, () => row).join()}]}`;
    const { told: read, taken } = await told(whole, 4096);
    expect(read).toEqual((await told(whole)).told);
    expect(taken).toBeGreaterThan(300);
  });

  it("say where they begin and end", () => {
    const bytes = bytesOf("1.5],\n[2,null],[3, 4] , [5, 6],[7,8]]");
    const piece = scanRows(bytes, 0, 20)!;
    expect(piece).toMatchObject({ begin: 6, end: 24, shape: [2, 2] });
    expect([...piece.numbers]).toEqual([2, NaN, 3, 4]);
    expect([...piece.nulls]).toEqual([1]);
  });

  it.each([
    ["no row", "1, 2, 3]"],
    ["a row that the bytes cut", "[1, 2, 3"],
    ["the last row of its list", "[1, 2]]"],
    ["rows of something else", '["a"], ["b"], ["c"]'],
  ])("leave %s to who reads in order", (_, part) => {
    expect(scanRows(bytesOf(part), 0, part.length)).toBeNull();
  });

  it("end before a row of another length", () => {
    expect(scanRows(bytesOf("[1], [2], [3, 4], [5]"), 0, 21)).toMatchObject({
      begin: 0,
      end: 10,
      shape: [2, 1],
    });
  });
});
