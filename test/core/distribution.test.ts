import fc from "fast-check";
import { describe as suite, expect, it } from "vitest";
import { describe, entropyIn, softmax } from "../../src/core";
import { expectClose, logits, temperature, tiedAndMasked } from "./support";
import { workedRow, workedValues } from "./workedValues";

suite("a row described", () => {
  it.each(workedValues)("meets the worked values at T = $T", ({ T, p, ...expected }) => {
    const actual = describe(workedRow, T);
    expectClose(actual.maxProbability, p[0], 1e-15);
    expectClose(actual.effectiveClasses, Math.exp(expected.entropy), 1e-14);
    expectClose(actual.logZ, -expected.freeEnergy / T, 1e-14);
    for (const name of ["entropy", "energy", "freeEnergy", "heatCapacity", "margin"] as const) {
      expectClose(actual[name], expected[name], 1e-14);
    }
    expect(actual).toMatchObject({ temperature: T, classes: 4, unmasked: 4, argMax: 0, ties: 1 });
    expectClose(actual.lnK, Math.log(4));
  });

  it("keeps the digits of a tiny entropy", () => {
    // [50, 0] at T = 1, by mpmath with 50 digits; 1 + e^−50 is 1 in float64.
    const { entropy, heatCapacity } = describe([50, 0], 1);
    expectClose(entropy * 1e20, 0.98366242246159807);
    expectClose(heatCapacity * 1e18, 0.48218746199097945);
  });

  it("is right for one class above 149,999 others", () => {
    // 10 and 149,999 zeros at T = 1, by mpmath with 50 digits. So many equal terms, added one by
    // one, all round to the same side: about 3e-11 in all, the worst case of a plain sum.
    const z = new Float64Array(150_000);
    z[77_777] = 10;
    const actual = describe(z, 1);
    expect(actual.argMax).toBe(77_777);
    expectClose(actual.entropy, 10.774978900253408, 1e-10);
    expectClose(actual.energy, -1.2804189015293847, 1e-10);
    expectClose(actual.freeEnergy, -12.055397801782793, 1e-10);
    expectClose(actual.heatCapacity, 11.164716451900131, 1e-10);
    expectClose(actual.margin, 0.12803607706011888, 1e-10);
  });

  it("has its limits at T = 0", () => {
    const expected = { ties: 2, argMax: 1, unmasked: 4, maxProbability: 0.5, margin: 0 };
    const actual = describe([1, 3, 3, -Infinity, 2], 0);
    expect(actual).toMatchObject(expected);
    expect(actual).toMatchObject({ energy: -3, freeEnergy: -3, heatCapacity: 0, logZ: Infinity });
    expectClose(actual.entropy, Math.LN2);
    expectClose(actual.effectiveClasses, 2);
    expect(describe([-2, -5], 0)).toMatchObject({ logZ: -Infinity, freeEnergy: 2, margin: 1 });
    expectClose(describe([0, 0, -1], 0).logZ, Math.LN2);
  });

  it("has its limits at T = ∞", () => {
    const actual = describe([1, 3, 3, -Infinity, 2], Infinity);
    expect(actual).toMatchObject({ argMax: 1, maxProbability: 0.25, margin: 0, unmasked: 4 });
    expect(actual).toMatchObject({ energy: -2.25, freeEnergy: -Infinity, heatCapacity: 0 });
    expectClose(actual.entropy, Math.log(4));
    expectClose(actual.logZ, Math.log(4));
    // A class alone has no entropy, so nothing pulls its free energy down.
    const alone = { energy: -7, freeEnergy: -7, logZ: 0, margin: 1, entropy: 0 };
    expect(describe([-Infinity, 7], Infinity)).toMatchObject(alone);
  });

  it("approaches its limits", () => {
    fc.assert(
      fc.property(tiedAndMasked, z => {
        for (const [near, limit, tolerance] of [
          [1e-3, 0, 1e-12],
          [1e13, Infinity, 1e-11],
        ]) {
          const a = describe(z, near);
          const b = describe(z, limit);
          for (const name of ["entropy", "energy", "heatCapacity", "margin"] as const) {
            expectClose(a[name], b[name], tolerance);
          }
        }
        expectClose(describe(z, 1e-15).freeEnergy, describe(z, 0).freeEnergy, 1e-13);
      }),
    );
  });

  it("describes a single class at every temperature", () => {
    for (const T of [0, 5e-324, 1, 1e308, Infinity]) {
      const expected = { entropy: 0, effectiveClasses: 1, lnK: 0, margin: 1, maxProbability: 1 };
      expect(describe([-3], T)).toMatchObject({ ...expected, energy: 3, freeEnergy: 3 });
      expect(describe([-3], T).heatCapacity).toBe(0);
    }
  });

  it("never says minus zero", () => {
    for (const T of [0, 1, Infinity]) {
      for (const value of Object.values(describe([0], T))) expect(value).not.toBe(-0);
      for (const value of Object.values(describe([0, 0, -1], T))) expect(value).not.toBe(-0);
    }
  });

  it("stays right where differences overflow", () => {
    // [1e308, −1e308, 0] at T = 1e308, by mpmath with 50 digits.
    const actual = describe([1e308, -1e308, 0], 1e308);
    expectClose(actual.entropy, 0.83239558183993887);
    expectClose(actual.energy / 1e307, -5.7521038260444144);
    expectClose(actual.freeEnergy / 1e308, -1.4076059644443803);
    expectClose(actual.heatCapacity, 0.42440454468925445);
    expect(describe([1e308, -1e308], 1)).toMatchObject({ entropy: 0, energy: -1e308, margin: 1 });
    expectClose(describe([1e308, 1e308, -1e308], Infinity).energy / 1e307, -10 / 3);
    const crowd = new Float64Array(100).fill(-1e308);
    crowd[0] = 1e308;
    const others = 99 * Math.exp(-2 / 1.7); // against a weight of 1 for the first
    expectClose(describe(crowd, 1.7e308).energy / 1e308, (others - 1) / (others + 1));
    expect(describe([5e-324, 0], 0).energy).toBe(-5e-324);
  });

  it("refuses what has no distribution", () => {
    expect(() => describe([NaN], 1)).toThrow(RangeError);
    expect(() => describe([], 1)).toThrow("no classes");
    expect(() => describe([1], -1)).toThrow(RangeError);
  });

  it("keeps S in [0, ln K] where it is all but ln K", () => {
    fc.assert(
      fc.property(logits, fc.double({ min: 1e3, max: 1e9, noNaN: true }), (z, T) => {
        const { entropy, lnK } = describe(z, T);
        expect(entropy).toBeLessThanOrEqual(lnK); // rounding alone would lift it over
        expectClose(entropy, lnK, 1e-2);
      }),
    );
  });

  it("keeps S in [0, ln K] and F = E − T·S = −T·ln Z", () => {
    fc.assert(
      fc.property(fc.oneof(logits, tiedAndMasked), temperature, (z, T) => {
        const { entropy, lnK, energy, freeEnergy, logZ, heatCapacity } = describe(z, T);
        expect(entropy).toBeGreaterThanOrEqual(0);
        expect(entropy).toBeLessThanOrEqual(lnK);
        expect(heatCapacity).toBeGreaterThanOrEqual(0);
        expectClose(freeEnergy, energy - T * entropy);
        expectClose(freeEnergy, -T * logZ);
      }),
    );
  });

  it("agrees with softmax, term by term", () => {
    fc.assert(
      fc.property(fc.oneof(logits, tiedAndMasked), temperature, (z, T) => {
        const d = describe(z, T);
        const p = [...softmax(z, T)];
        const mean = (f: (i: number) => number) =>
          p.reduce((total, v, i) => total + (v > 0 ? v * f(i) : 0), 0);
        const sorted = [...p, 0].sort((a, b) => b - a);
        expectClose(d.maxProbability, sorted[0]);
        expectClose(d.margin, sorted[0] - sorted[1]);
        expect(d.argMax).toBe(z.indexOf(Math.max(...z)));
        expectClose(
          d.entropy,
          mean(i => -Math.log(p[i])),
        );
        expectClose(
          d.energy,
          mean(i => -z[i]),
        );
        expectClose(d.heatCapacity, mean(i => (z[i] + d.energy) ** 2) / T ** 2, 1e-11);
      }),
    );
  });

  it("has dS/dT = C/T and dF/dT = −S", () => {
    // Central differences of step h in ln T: their error is of order h², and 1e-16·|F|/h.
    const h = 1e-4;
    fc.assert(
      fc.property(fc.oneof(logits, tiedAndMasked), temperature, (z, T) => {
        const [low, here, high] = [T * Math.exp(-h), T, T * Math.exp(h)].map(t => describe(z, t));
        expectClose((high.entropy - low.entropy) / (2 * h), here.heatCapacity, 1e-4);
        expectClose((high.freeEnergy - low.freeEnergy) / (2 * h * T), -here.entropy, 1e-4);
      }),
    );
  });

  it("treats a mask as a class that is not there", () => {
    fc.assert(
      fc.property(tiedAndMasked, fc.oneof(temperature, fc.constantFrom(0, Infinity)), (z, T) => {
        const present = z.filter(v => v > -Infinity);
        const { argMax, ...expected } = describe(present, T);
        const actual = describe(z, T);
        expect(z[actual.argMax]).toBe(present[argMax]);
        expect({ ...actual, argMax }).toEqual({ ...expected, argMax, classes: z.length });
      }),
    );
  });
});

suite("entropy units", () => {
  it("turns nats into bits", () => {
    expectClose(entropyIn("bits", Math.log(8)), 3);
    expect(entropyIn("nats", 0.5)).toBe(0.5);
  });
});
