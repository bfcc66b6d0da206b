import { describe, expect, it } from "vitest";
import { perplexity } from "../../src/core";
import { expectClose } from "./support";

describe("perplexity so far", () => {
  it("is the effective number of choices a token", () => {
    expectClose(perplexity([0.5, 0.125].map(Math.log)), 4); // exp of the mean of ln 2 and ln 8
    expectClose(perplexity([Math.log(0.1)]), 10);
    expect(perplexity([0, 0])).toBe(1);
  });

  it("takes a part of the text", () => {
    expectClose(perplexity([-9, Math.log(0.5), Math.log(0.5), -9], 1, 3), 2);
  });

  it("leaves out tokens without a log-probability, and not those with p = 0", () => {
    expectClose(perplexity([NaN, Math.log(0.25)]), 4);
    expect(perplexity([-1, -Infinity])).toBe(Infinity);
    expect(perplexity([NaN])).toBeNaN();
    expect(perplexity([])).toBeNaN();
  });
});
