import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newlineFinder } from "../../src/formats/json/newline";

describe("the finder of newlines", () => {
  it("finds what indexOf finds, at any alignment", () => {
    const byte = fc.constantFrom(0x0a, 0x0b, 0x8a, 0x00, 0xff, 0x20, 0x09);
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), fc.nat(5), fc.nat(45), (list, skip, from) => {
        const bytes = Uint8Array.from(list).subarray(Math.min(skip, list.length));
        expect(newlineFinder(bytes)(from)).toBe(bytes.indexOf(0x0a, from));
      }),
      { numRuns: 5000 },
    );
  });
});
