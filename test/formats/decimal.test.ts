import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NumberArray } from "../../src/formats/json/numberArray";
import { runMargin } from "../../src/formats/json/numberRun";
import { parseJson } from "../../src/formats/json/parseJson";

/** The number as the scanner of lists reads it, after seeing that the one of odd numbers agrees. */
function parse(text: string): unknown {
  const [inList, alone] = [" ".repeat(runMargin), ""].map(blanks => {
    const value = parseJson("n.json", new TextEncoder().encode(`[${text}]${blanks}`));
    return value instanceof NumberArray ? value.entries()[0] : (value as readonly unknown[])[0];
  });
  expect(inList).toBe(alone);
  return inList;
}

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max });

describe("numbers, to the last bit of float64", () => {
  it("reads back every float64 from its shortest text", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        const text = Object.is(value, -0) ? "-0.0" : `${value}`.replace(/^(-?\d+)(e|$)/, "$1.0$2");
        return Object.is(parse(text), value);
      }),
      { seed: 1, numRuns: 20_000 },
    );
  });

  it("rounds any digits and exponent as the language does", () => {
    const token = fc
      .tuple(
        fc.boolean(),
        fc.integer({ min: 1, max: 999_999 }),
        digits(1, 24),
        fc.integer({ min: -330, max: 310 }),
      )
      .map(
        ([minus, whole, rest, exponent]) =>
          `${minus ? "-" : ""}${whole}.${rest.join("")}e${exponent}`,
      );
    fc.assert(
      fc.property(token, text => Object.is(parse(text), Number(text))),
      { seed: 2, numRuns: 20_000 },
    );
  });

  it.each([
    "9007199254740993.0",
    "0.500000000000000166533453693773481063544750213623046875",
    "1.7976931348623157e308",
    "2.2250738585072011e-308",
    "5e-324",
    "2.4703282292062327e-324",
    "8.5e-17",
    "9214843084008499.0",
    "30078505129381147446200.0",
    "1777820000000000000001.0",
    "0.0000000000000000000000000000000000001234567890123456789",
    "0.00001234567890123",
    "0.0000000000000001",
    "123456789.12345678901",
    "999999999.9999999999",
    "900719925474099.3",
    "9007199254740993e-1",
    "-0.0",
    "1e22",
    "1e23",
    "7e-23",
    "123456789e250",
  ])("rounds %s, which lies near a tie or an edge, correctly", text => {
    expect(parse(text)).toBe(Number(text));
  });

  it("keeps integers beyond 2^53 exact", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), value => {
        const small = value >= -(2n ** 53n) && value <= 2n ** 53n;
        return parse(String(value)) === (small ? Number(value) : value);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });
});
