import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  capOf,
  coveredMass,
  describe as describeRow,
  logSoftmax,
  partialEntropy,
  partialState,
  softmax,
  temperPartial,
  topK,
  type PartialRow,
  type Range,
} from "../../src/core";
import { expectClose, expectRowClose, temperature } from "./support";

const slack = 1e-9;

function expectWithin(value: number, { low, high }: Range): void {
  expect(value).toBeGreaterThanOrEqual(low - slack);
  expect(value).toBeLessThanOrEqual(high + slack);
}

/** What an API would tell of a whole row: its k likeliest classes, and the sampled one. */
function answerOf(logits: number[], k: number, sampled: number) {
  const all = logSoftmax(logits, 1);
  const top = [...topK(all, k)];
  const listed = top.includes(sampled) ? top : [...top, sampled];
  const logprobs = listed.map(i => all[i]);
  return { listed, logprobs, cap: capOf(logprobs, listed.indexOf(sampled)) };
}

/** Logits far enough apart, or equal, that their log-probabilities are so, too. */
const wholeRows = fc.array(
  fc.integer({ min: -12_000, max: 12_000 }).map(z => z / 1000),
  { minLength: 1, maxLength: 60 },
);
const anyTemperature = fc.oneof(temperature, fc.constantFrom(0, 1, Infinity));

describe("bounds of a partial row", () => {
  it.each(["known", "unknown"])("hold for every whole row, its vocabulary %s", what => {
    fc.assert(
      fc.property(wholeRows, fc.nat(8), fc.nat(), anyTemperature, (logits, k, at, T) => {
        const { listed, logprobs, cap } = answerOf(logits, k, at % logits.length);
        const vocabulary = what === "known" ? logits.length : Infinity;
        const { low, high, remainder } = temperPartial({ logprobs, cap, vocabulary }, T);
        const whole = softmax(logits, T);
        let rest = 1;
        listed.forEach((k, i) => {
          expectWithin(whole[k], { low: low[i], high: high[i] });
          rest -= whole[k];
        });
        expectWithin(rest, remainder);
        const { entropy } = describeRow(logits, 1);
        expectWithin(entropy, partialEntropy({ logprobs, cap, vocabulary }));
      }),
      { numRuns: 500 },
    );
  });

  it("are exact at T = 1, and where everything is listed", () => {
    const logprobs = [0.5, 0.2, 0.1].map(Math.log);
    const one = temperPartial({ logprobs, cap: Math.log(0.1), vocabulary: Infinity }, 1);
    expect(one.low).toEqual(one.high);
    expectRowClose(one.low, [0.5, 0.2, 0.1]);
    expectClose(one.remainder.high, 0.2);
    const whole = [0.7, 0.2, 0.1].map(Math.log);
    const listed = temperPartial({ logprobs: whole, cap: whole[2], vocabulary: 3 }, 3);
    expectRowClose(listed.low, softmax(whole, 3));
    expectRowClose(listed.high, softmax(whole, 3));
    expect(listed.remainder).toEqual({ low: 0, high: 0 });
  });

  it.each([0.3, 0.5, 2, 5])("are reached at T = %d, but for the rounding allowed for", T => {
    // 0.4 of mass in four classes at the cap of 0.1, or spread over 1,000 equal ones.
    const logprobs = [0.5, 0.1].map(Math.log);
    const row: PartialRow = { logprobs, cap: Math.log(0.1), vocabulary: 1002 };
    const crowded = softmax([0.5, 0.1, 0.1, 0.1, 0.1, 0.1].map(Math.log), T)[0];
    const spread = softmax([0.5, 0.1, ...Array<number>(1000).fill(0.0004)].map(Math.log), T)[0];
    const { low, high } = temperPartial(row, T);
    expectClose(low[0], Math.min(crowded, spread), 1e-4);
    expectClose(high[0], Math.max(crowded, spread), 1e-4);
    expect(low[0]).toBeLessThan(high[0]);
  });

  it("leave nothing but an upper end above T = 1 where the vocabulary is unknown", () => {
    const logprobs = [0.5, 0.25].map(Math.log);
    const row = { logprobs, cap: logprobs[1], vocabulary: Infinity };
    const { low, high, remainder } = temperPartial(row, 2);
    expect(low[0]).toBe(0);
    // √.5 and √.25 beside one class of .25: p = .4142…
    expectClose(high[0], Math.SQRT1_2 / (Math.SQRT1_2 + 1), 1e-4);
    expect(remainder.high).toBe(1);
  });

  it("tell the limits: T = 0 is certain where a top list is, and T = ∞ counts classes", () => {
    const logprobs = [0.5, 0.25].map(Math.log);
    const listed = { logprobs, cap: logprobs[1], vocabulary: 10 };
    const certain = temperPartial(listed, 0);
    expect([[...certain.low], [...certain.high]]).toEqual([[1, 0], [1, 0]]); // prettier-ignore
    const uniform = temperPartial(listed, Infinity);
    expectClose(uniform.low[0], 1 / 10);
    expectClose(uniform.high[0], 1 / 3, 1e-4);
    // A sampled token alone: another may be likelier.
    const alone = { logprobs: [Math.log(0.3)], cap: 0, vocabulary: Infinity };
    const { low, high } = temperPartial(alone, 0);
    expect([...low, ...high]).toEqual([0, 1]);
  });

  it("survive a remainder that only rounding made, and a list that is none of the likeliest", () => {
    const tight = { logprobs: [0, -27], cap: -27, vocabulary: Infinity };
    for (const T of [0, 0.05, 0.5, 1, 2, 20, Infinity]) {
      const { low, high, remainder } = temperPartial(tight, T);
      expectWithin(1, { low: low[0], high: high[0] + remainder.high });
      const lows = [...low, remainder.low];
      [...high, remainder.high].forEach((most, i) => {
        expect(lows[i]).toBeGreaterThanOrEqual(0);
        expect(lows[i]).toBeLessThanOrEqual(most);
        expect(most).toBeLessThanOrEqual(1);
      });
    }
    const odd = { logprobs: [-1, -30], cap: -30, vocabulary: 100 };
    // One class may have all that is left: p = e⁻² / (e⁻² + (1 − e⁻¹)²).
    const least = Math.exp(-2) / (Math.exp(-2) + (1 - Math.exp(-1)) ** 2);
    expectClose(temperPartial(odd, 0.5).low[0], least, 1e-4);
    const unknown = { ...odd, vocabulary: Infinity };
    expectClose(temperPartial(unknown, 0.5).low[0], least, 1e-4);
  });

  it("refuse what is no distribution", () => {
    const row = { logprobs: [-Infinity], cap: 0, vocabulary: Infinity };
    expect(() => temperPartial(row, 2)).toThrow(RangeError);
    expect(() => temperPartial({ ...row, logprobs: [-1] }, -1)).toThrow(RangeError);
  });
});

describe("what a list says", () => {
  it("has a state", () => {
    expect(partialState([-0.1, -4])).toBe("usable");
    expect(partialState([0, 1e-7])).toBe("overfull");
    expect(partialState([1e-7, -20])).toBe("usable");
    expect(partialState([2])).toBe("overfull");
    expect(partialState([Infinity])).toBe("overfull");
    expect(partialState([-1, NaN])).toBe("hasNaN");
    expect(partialState([-Infinity])).toBe("unknown");
    expect(partialState([])).toBe("unknown");
  });

  it("covers a mass and caps the others by the least listed but the sampled and the underflowed", () => {
    expectClose(coveredMass([Math.log(0.5), -Infinity, Math.log(0.25)]), 0.75);
    expect(capOf([-1, -2, -9], -1)).toBe(-9);
    expect(capOf([-1, -2, -9], 2)).toBe(-2);
    expect(capOf([-1, -Infinity], -1)).toBe(-1);
    expect(capOf([-1], 0)).toBe(0);
  });
});
