import { describe, expect, it } from "vitest";
import {
  fitByProfile,
  fitTemperature,
  LossSums,
  sumFields,
  type AllLosses,
  type LossPoint,
} from "../../../src/core";
import { polishFit } from "../../../src/core/calibration/fit";
import { createKernel } from "../../../src/core/kernel";
import { fitProfile } from "../../../src/core/profile/fitProfile";
import { sampledRow } from "../../../src/core/profile/rowSample";
import { expectClose } from "../support";
import { directLoss, profileOf, sampled, small, type Dataset } from "./support";

const directFit = (data: Dataset) =>
  fitTemperature(async betas => betas.map(beta => directLoss(data, beta)));

const ordinary = [
  { rows: 500, classes: 2, spread: 2, T: 0.8 },
  { rows: 500, classes: 10, spread: 3, T: 1.4 },
  { rows: 100, classes: 1000, spread: 6, T: 4 },
  { rows: 60, classes: 1025, spread: 3, T: 1.4 },
  { rows: 500, classes: 10, spread: 0.3, T: 0.07 },
  { rows: 500, classes: 10, spread: 80, T: 17 },
];

const verdicts = [
  ["separable", small([2, 1, 1, 2], [0, 1])],
  ["worse than uniform", small([2, 1, 1, 2], [1, 0])],
  ["worse than uniform", small([2, -Infinity, 1, 2], [1, 0])],
  ["undefined", small([2, 2, 2, 2], [1, 0])],
  ["undefined", small([2, 1], [-1])],
] as const;

describe("a fit on a profile", () => {
  it.each(ordinary)(
    "finds the temperature of the logits: $classes classes, T near $T",
    async options => {
      const data = sampled(options.rows, options.classes, options.spread, options.T);
      const fit = await fitProfile(profileOf(data));
      const expected = await directFit(data);
      expect(fit).toMatchObject({ verdict: "optimum", rows: options.rows });
      expect(Math.abs(fit!.T / expected.T - 1)).toBeLessThan(2e-7);
      expectClose(fit!.nll, expected.nll, 1e-6);
      expect(Math.abs(fit!.standardError / expected.standardError - 1)).toBeLessThan(1e-4);
    },
  );

  it.each(verdicts)("has the verdict %s", async (verdict, data) => {
    const fit = await fitProfile(profileOf(data));
    const expected = await directFit(data);
    expect(fit?.verdict).toBe(verdict);
    expect(fit).toEqual(expected);
  });

  it.each([0.02, 60])("leaves an optimum at T = %d to the logits", async T => {
    const data = sampled(500, 10, 3 * T, T);
    expect((await directFit(data)).T / T).toBeCloseTo(1, 0);
    expect(await fitProfile(profileOf(data))).toBeUndefined();
  });
});

const kernel = createKernel();

/** The loss as the fast pass over all rows finds it. */
function fastLoss({ classes, block, labels }: Dataset, beta: number): LossPoint {
  const logits = Float32Array.from(block);
  kernel.room(logits.byteLength).set(new Uint8Array(logits.buffer));
  const sums = new Float64Array(labels.length * sumFields);
  const rows = { type: "float32", rows: labels.length, classes, labels } as const;
  kernel.sumRows(rows, 1 / beta, "moments", sums);
  const losses = new LossSums(classes, beta);
  losses.addSums(sums, labels);
  return losses.point();
}

/** Losses that keep how they were asked for. */
function countedLosses(data: Dataset) {
  const asked: string[] = [];
  const all: AllLosses = {
    exact: async betas => {
      asked.push(...betas.map(() => "exact"));
      return betas.map(beta => directLoss(data, beta));
    },
    fast: async betas => {
      asked.push(...betas.map(() => "fast"));
      return betas.map(beta => fastLoss(data, beta));
    },
  };
  return { asked, all };
}

/** The profile of so many of the rows. */
function sampleOf({ classes, block, labels }: Dataset, count: number) {
  const picked = Array.from({ length: count }, (_, i) =>
    sampledRow({ count, of: labels.length }, i),
  );
  const some = {
    classes,
    block: Float64Array.from(picked.flatMap(r => [...block.slice(r * classes, (r + 1) * classes)])),
    labels: Int32Array.from(picked, r => labels[r]),
  };
  return { ...profileOf(some), population: labels.length };
}

describe("a polished fit", () => {
  it.each(ordinary)(
    "is the direct one with one exact loss: $classes classes, T near $T",
    async options => {
      const data = sampled(options.rows, options.classes, options.spread, options.T);
      const { asked, all } = countedLosses(data);
      const fit = await fitByProfile(profileOf(data), all);
      const expected = await directFit(data);
      expect(asked).toEqual(["exact"]);
      expect(fit.evaluations).toBe(1);
      expect(Math.abs(fit.gradient)).toBeLessThan(1e-9);
      expect(Math.abs(fit.T / expected.T - 1)).toBeLessThan(1e-11);
      expectClose(fit.nll, expected.nll, 1e-14);
      expectClose(fit.standardError, expected.standardError, 1e-6);
    },
  );

  it.each(verdicts)("has the verdict %s, and asks for nothing", async (verdict, data) => {
    const { asked, all } = countedLosses(data);
    const fit = await fitByProfile(profileOf(data), all);
    expect(fit).toEqual(await directFit(data));
    expect(fit.verdict).toBe(verdict);
    expect(asked).toEqual([]);
  });

  it.each([0.02, 60])("is a direct one where T is %d", async T => {
    const data = sampled(500, 10, 3 * T, T);
    expect(await fitByProfile(profileOf(data), countedLosses(data).all)).toEqual(
      await directFit(data),
    );
  });

  it.each([0.1, 0.9, 1.01, 10])("takes more steps from a start that is %d times off", async off => {
    const data = sampled(300, 10, 3, 1.4);
    const expected = await directFit(data);
    const { exact } = countedLosses(data).all;
    const fit = await polishFit(off * expected.T, exact, exact);
    expect(fit.evaluations).toBeGreaterThan(1);
    expect(Math.abs(fit.T / expected.T - 1)).toBeLessThan(1e-9);
    expect(Math.abs(fit.gradient)).toBeLessThan(1e-9);
  });

  it("says no less than the slope at its temperature", async () => {
    for (const options of ordinary) {
      const data = sampled(options.rows, options.classes, options.spread, options.T);
      for (const profile of [profileOf(data), sampleOf(data, options.rows / 2)]) {
        const fit = await fitByProfile(profile, countedLosses(data).all);
        const { g } = directLoss(data, 1 / fit.T);
        expect(Math.abs(g / fit.T)).toBeLessThan(fit.gradient + 1e-14);
      }
    }
  });
});

describe("a fit that starts on a sample", () => {
  it.each(ordinary)("is that of all rows: $classes classes, T near $T", async options => {
    const data = sampled(options.rows, options.classes, options.spread, options.T);
    const { asked, all } = countedLosses(data);
    const fit = await fitByProfile(sampleOf(data, 0.8 * options.rows), all);
    const expected = await directFit(data);
    expect(asked.slice(0, 2)).toEqual(["fast", "exact"]);
    expect(asked.length).toBeLessThan(4);
    expect(fit).toMatchObject({ verdict: "optimum", rows: options.rows });
    expect(Math.abs(fit.gradient)).toBeLessThan(1e-9);
    expect(Math.abs(fit.T / expected.T - 1)).toBeLessThan(1e-8);
    expectClose(fit.nll, expected.nll, 1e-13);
  });

  it("is that of all rows, however many the sample has", async () => {
    for (let n = 0; n < 60; n++) {
      const rows = 40 + ((n * 97) % 700);
      const data = sampled(rows, 2 + ((n * 13) % 40), 0.5 + (n % 9), 0.5 + (n % 7) / 2);
      const fit = await fitByProfile(sampleOf(data, 20 + (n % 20)), countedLosses(data).all);
      const expected = await directFit(data);
      expect(fit.verdict).toBe(expected.verdict);
      if (fit.verdict !== "optimum") continue;
      const { g } = directLoss(data, 1 / fit.T);
      expect(Math.abs(g / fit.T)).toBeLessThan(fit.gradient + 1e-14);
      expect(fit.gradient).toBeLessThan(1.1e-9);
      expectClose(fit.nll, expected.nll, 1e-12);
    }
  });

  // Rows 1 and 3 are the sample of two out of four.
  it.each([
    ["a masked label", small([2, -Infinity, 2, 1, 3, 1, 1, 2], [1, 0, 0, 0])],
    ["an optimum, where the sample has none", small([2, 1, 2, 1, 2, 1, 2, 1], [1, 0, 0, 0])],
    ["no optimum, where the sample has one", small([9, 0, 3, 0, 3, 0, 1, 0], [1, 0, 1, 1])],
    ["nothing to fit in the sample", small([2, 1, 2, 1, 1, 3, 2, 1], [0, -1, 0, -1])],
  ])("finds what only other rows show: %s", async (_, data) => {
    const fit = await fitByProfile(sampleOf(data, 2), countedLosses(data).all);
    const expected = await directFit(data);
    expect(fit.verdict).toBe(expected.verdict);
    if (expected.verdict === "optimum") expectClose(fit.T, expected.T, 1e-9);
    else expect(fit).toEqual(expected);
  });
});
