import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterNumber,
  closed,
  ranOut,
  RunScanner,
  runMargin,
} from "../../src/formats/json/numberRun";
import { NumberStore } from "../../src/formats/json/numberStore";
import { parseJson } from "../../src/formats/json/parseJson";
import type { NumberArray } from "../../src/formats/json/numberArray";

const bytesOf = (text: string) => new TextEncoder().encode(text + " ".repeat(runMargin));

/** All numbers of a text that a scanner takes, run by run, and why it stopped. */
function scan(text: string, inLines = false): { numbers: number[]; stop: number; at: number } {
  const scanner = new RunScanner();
  const store = new NumberStore();
  const bytes = bytesOf(text);
  let at = 0;
  for (;;) {
    const stop = scanner.scan(bytes, at, text.length, inLines, store);
    const isOn = stop === ranOut && scanner.count > 0 && scanner.at < text.length;
    at = scanner.at;
    if (!isOn) return { numbers: [...store.toRun().numbers], stop, at };
  }
}

describe("runs of numbers", () => {
  it("are read wherever the scanner's memory cuts them", () => {
    const numbers = fc.array(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -30, max: 30 }),
      {
        minLength: 20,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(numbers, fc.constantFrom(",", ", ", " ,\n  "), (list, between) => {
        const many = Array.from({ length: 40_000 }, (_, i) => list[i % list.length]!);
        const text = `[${many.join(between)}]`;
        const read = new Float64Array(many.length);
        (parseJson("a.json", bytesOf(text)) as NumberArray).copy(0, many.length, NaN, read);
        const right = Float64Array.from(JSON.parse(text) as number[]);
        expect(read.every((number, i) => Object.is(number, right[i]))).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  it("say why they stop, and where", () => {
    expect(scan("1, 2 ,-3.5e1 ]")).toEqual({ numbers: [1, 2, -35], stop: closed, at: 14 });
    expect(scan("1, 2}")).toEqual({ numbers: [1, 2], stop: afterNumber, at: 4 });
    expect(scan("1,\n2\n,3]").stop).toBe(closed);
    expect(scan("1, 2\n,3]", true)).toEqual({ numbers: [1, 2], stop: afterNumber, at: 4 });
  });

  it.each([
    "null",
    "01",
    "-",
    ".5",
    "1.",
    "1e",
    "12345678901234567",
    "1e99999",
    "--1",
    "[1]",
    "1".repeat(40),
  ])("leave %s to others", odd =>
    expect(scan(`1.5, ${odd}, 2]`)).toMatchObject({ numbers: [1.5] }),
  );

  it("read bytes anew that may have changed", () => {
    const scanner = new RunScanner();
    const store = new NumberStore();
    const bytes = bytesOf("1, 2]");
    scanner.scan(bytes, 0, 5, false, store);
    bytes.set(bytesOf("3, 4]"));
    scanner.forget();
    scanner.scan(bytes, 0, 5, false, store);
    scanner.scan(bytesOf("5, 6]"), 0, 5, false, store);
    expect([...store.toRun().numbers]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
