import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  describe as describeRow,
  energyOf,
  entropyOf,
  freeEnergyOf,
  klDivergence,
  softmax,
} from "../../src/core";
import { expectClose, logit, temperature } from "./support";
import { workedRow, workedValues } from "./workedValues";

/** Logits of a row and of another distribution over the same classes, and a temperature. */
const gibbs = fc.array(fc.tuple(logit, logit), { minLength: 1, maxLength: 20 }).map(pairs => ({
  z: pairs.map(([a]) => a),
  q: softmax(
    pairs.map(([, b]) => b),
    3,
  ),
}));

describe("divergence and free energy", () => {
  it("meets a worked value", () => {
    // KL((½, ¼, ¼, 0) ‖ softmax([2, 1, 0.5, 0.1])), by mpmath with 50 digits.
    const p = workedValues[2].p;
    expectClose(klDivergence([0.5, 0.25, 0.25, 0], p), 0.13949659784017613);
  });

  it("is zero for equals, infinite where p has nothing, and ignores what q has not", () => {
    expect(klDivergence([0.3, 0.7], [0.3, 0.7])).toBe(0);
    expect(klDivergence([0.5, 0.5], [1, 0])).toBe(Infinity);
    expectClose(klDivergence([1, 0], [0.5, 0.5]), Math.LN2);
    expectClose(klDivergence([1, 0], [1e-320, 1]), -Math.log(1e-320));
  });

  it("is never negative", () => {
    fc.assert(
      fc.property(gibbs, temperature, ({ z, q }, T) => {
        expect(klDivergence(q, softmax(z, T))).toBeGreaterThanOrEqual(0);
        expect(klDivergence(q, q)).toBe(0);
      }),
    );
  });

  it("is what any q costs above the minimum: F(q) − F(p) = T·KL(q‖p)", () => {
    fc.assert(
      fc.property(gibbs, temperature, ({ z, q }, T) => {
        const p = softmax(z, T);
        fc.pre(p.every(v => v > 1e-300)); // below that, p has lost digits or is 0
        const excess = freeEnergyOf(q, z, T) - describeRow(z, T).freeEnergy;
        expectClose(excess, T * klDivergence(q, p), 1e-11);
      }),
    );
  });

  it("meets the row's own numbers for q = p", () => {
    for (const { T, entropy, energy, freeEnergy } of workedValues) {
      const p = softmax(workedRow, T);
      expectClose(entropyOf(p), entropy);
      expectClose(energyOf(p, workedRow), energy);
      expectClose(freeEnergyOf(p, workedRow, T), freeEnergy);
    }
  });

  it("holds at masks and limits", () => {
    const z = [1, -Infinity, 3];
    expect(energyOf([0.5, 0, 0.5], z)).toBe(-2);
    expect(energyOf([0.5, 0.5, 0], z)).toBe(Infinity);
    expect(freeEnergyOf([0.5, 0, 0.5], z, 0)).toBe(-2);
    expect(freeEnergyOf([0.5, 0, 0.5], z, Infinity)).toBe(-Infinity);
    expect(freeEnergyOf([0, 0, 1], z, Infinity)).toBe(-3);
  });

  it("refuses rows of different lengths and bad temperatures", () => {
    expect(() => klDivergence([1], [0.5, 0.5])).toThrow("row of 1 cannot be compared");
    expect(() => energyOf([1], [1, 2])).toThrow(RangeError);
    expect(() => freeEnergyOf([1], [1], NaN)).toThrow(RangeError);
  });
});
