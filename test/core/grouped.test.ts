import { grouped } from "../../src/core";
import fc from "fast-check";
import { expect, it } from "vitest";

it("groups digits as English does", () => {
  const whole = fc.oneof(fc.nat(10_000), fc.maxSafeNat());
  fc.assert(fc.property(whole, n => grouped(n) === n.toLocaleString("en")));
  expect(grouped(1234567)).toBe("1,234,567");
});
