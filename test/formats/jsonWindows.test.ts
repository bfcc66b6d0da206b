import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type * as limitsModule from "../../src/formats/limits";
import { openFile } from "../../src/formats/open";
import { MemorySource } from "../../src/formats/memorySource";
import { attempt, spellJson } from "./outcome";

/** The window's size, which the tests vary; hoisted as mocks are. */
const size = vi.hoisted(() => ({ window: 1 << 20 }));
vi.mock("../../src/formats/limits", async importOriginal => {
  const { limits } = await importOriginal<typeof limitsModule>();
  const varied = { get: () => size.window, enumerable: true };
  return { limits: Object.defineProperty({ ...limits }, "jsonWindowBytes", varied) };
});

/** All that a person is told of a file, read through windows of a size. */
async function told(name: string, bytes: Uint8Array, window: number): Promise<unknown> {
  size.window = window;
  const { opened, error } = await attempt(() => openFile(new MemorySource(name, bytes)));
  if (error) return { message: error.message, place: error.place };
  if (opened.format === "json") return spellJson(opened.value);
  if (opened.format !== "jsonl") return opened.format;
  return opened.lines.map(({ line, value, error }) =>
    error ? [line, error.message, error.place] : [line, spellJson(value!)],
  );
}

const number = fc.oneof(
  fc.double().map(value => (Object.is(value, -0) ? "-0.0" : String(value))),
  fc.float().map(String),
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.constantFrom("null", "NaN", "-Infinity", "1e400", "-0", "01", "1.", "1e", "--1"),
);
const blank = fc.constantFrom("", "", " ", "\n", "\r\n  ", "\t");
const list = (of: fc.Arbitrary<string>, most: number) =>
  fc
    .tuple(fc.array(of, { maxLength: most }), blank, blank)
    .map(([entries, before, after]) => `[${before}${entries.join(`${after},${before}`)}${after}]`);
const matrix = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }), fc.float(), blank)
  .map(([rows, columns, value, between]) => {
    const row = `[${Array.from({ length: columns }, (_, i) => `${value}${i % 10}`).join(`,${between}`)}]`;
    return `[${Array.from({ length: rows }, () => row).join(`${between}, `)}]`;
  });
const text = fc.string({ unit: "binary", maxLength: 30 }).map(value => JSON.stringify(value));
const { value } = fc.letrec<{ value: string }>(tie => ({
  value: fc.oneof(
    { depthSize: "small" },
    number,
    text,
    matrix,
    list(number, 8),
    list(tie("value"), 4),
    fc
      .array(fc.tuple(text, tie("value")), { maxLength: 4 })
      .map(entries => `{${entries.map(([key, entry]) => `${key}: ${entry}`).join(",")}}`),
  ),
}));
const document = fc
  .tuple(
    fc.array(value, { minLength: 1, maxLength: 4 }),
    fc.constantFrom("\n", "\n\n", " ", "\r\n"),
  )
  .map(([values, between]) => values.join(between));

describe("windows", () => {
  it.each(["a.json", "a.jsonl"])(
    "of any size tell the same of %s",
    { timeout: 60_000 },
    async name => {
      const cut = fc.option(fc.nat(400), { nil: undefined });
      await fc.assert(
        fc.asyncProperty(
          document,
          cut,
          fc.integer({ min: 1, max: 300 }),
          async (whole, end, window) => {
            const bytes = new TextEncoder().encode(whole).subarray(0, end);
            const right = await told(name, bytes, 1 << 20);
            expect(await told(name, bytes, window)).toEqual(right);
          },
        ),
        { numRuns: 1500 },
      );
    },
  );

  it("read what JSON.parse reads", async () => {
    const plain = fc.jsonValue({ maxDepth: 5 });
    await fc.assert(
      fc.asyncProperty(plain, fc.integer({ min: 1, max: 300 }), async (value, window) => {
        const json = JSON.stringify(value, (_, entry: unknown) =>
          typeof entry === "number" && Math.abs(entry) > 2 ** 53 ? 1.5 : entry,
        );
        const bytes = new TextEncoder().encode(`${json}      `);
        const read = await told("a.json", bytes, window);
        expect(JSON.stringify(read)).toBe(JSON.stringify(spellPlain(JSON.parse(json))));
      }),
      { numRuns: 1000 },
    );
  });

  it("keep the lists in a list that begins with numbers", async () => {
    const bytes = new TextEncoder().encode("[1, [2, 3], null, [[4]]]");
    expect(await told("a.json", bytes, 1 << 20)).toEqual([1, [2, 3], null, [[4]]]);
  });
});

/** As `spellJson` spells: −0 as text. */
function spellPlain(value: unknown): unknown {
  if (Object.is(value, -0)) return "-0";
  if (Array.isArray(value)) return value.map(spellPlain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, spellPlain(entry)]);
  return Object.fromEntries(entries) as unknown;
}
