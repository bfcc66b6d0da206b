import { describe, expect, it } from "vitest";
import {
  fitByProfile,
  fitTemperature,
  LossSums,
  lossPoint,
  type Losses,
  type LossPoint,
} from "../../../src/core";
import { polishFit } from "../../../src/core/calibration/fit";
import { fitProfile } from "../../../src/core/profile/fitProfile";
import { expectClose } from "../support";
import { adversarial, profileOf, sampled, type Dataset } from "./support";

function directLoss({ classes, block, labels }: Dataset, beta: number): LossPoint {
  const sums = new LossSums(classes, beta);
  sums.add(block, labels);
  return sums.point();
}

const directFit = (data: Dataset) =>
  fitTemperature(async betas => betas.map(beta => directLoss(data, beta)));

function small(logits: number[], labels: number[]): Dataset {
  return {
    classes: logits.length / labels.length,
    block: Float64Array.from(logits),
    labels: Int32Array.from(labels),
  };
}

describe("the loss by a profile", () => {
  it.each([2, 10, 1000, 1025])("is that of the logits for %i classes", classes => {
    const data = sampled(40, classes, 3, 1.4);
    const profile = profileOf(data);
    for (let beta = 1 / 20; beta <= 20; beta *= 1.07) {
      const actual = lossPoint(profile, beta);
      const expected = directLoss(data, beta);
      expect(actual.rows).toBe(expected.rows);
      expectClose(actual.shortfall, expected.shortfall);
      expectClose(actual.nll, expected.nll, 1e-6);
      expectClose(beta * actual.g, beta * expected.g, 5e-6);
      expectClose(beta * beta * actual.h, beta * beta * expected.h, 1e-4);
    }
  });

  it("is exact in the limits", () => {
    const labelled = adversarial(2, 10);
    for (const data of [labelled, small([1, 1, 0, 3, 2, 2], [0, 0]), small([0, 1], [-1])]) {
      const profile = profileOf(data);
      for (const beta of [0, Infinity]) {
        const actual = lossPoint(profile, beta);
        for (const [name, value] of Object.entries(directLoss(data, beta))) {
          if (Number.isNaN(value)) expect(actual[name as keyof LossPoint]).toBeNaN();
          else expectClose(actual[name as keyof LossPoint], value, 1e-12);
        }
      }
    }
  });

  it("tells of masked labels", () => {
    const profile = profileOf(small([0, -Infinity, 1, 2], [1, 0]));
    for (const beta of [0, 1]) {
      expect(lossPoint(profile, beta)).toMatchObject({
        rows: 2,
        trueClassZeros: 1,
        nll: Infinity,
        g: Infinity,
      });
    }
  });

  it("refuses what profiles don't cover", () => {
    const profile = profileOf(small([0, 1], [1]));
    for (const beta of [0.049, 20.1, -1, NaN]) {
      expect(() => lossPoint(profile, beta)).toThrow(RangeError);
    }
  });
});

describe("a fit on a profile", () => {
  it.each([
    { rows: 500, classes: 2, spread: 2, T: 0.8 },
    { rows: 500, classes: 10, spread: 3, T: 1.4 },
    { rows: 100, classes: 1000, spread: 6, T: 4 },
    { rows: 60, classes: 1025, spread: 3, T: 1.4 },
    { rows: 500, classes: 10, spread: 0.3, T: 0.07 },
    { rows: 500, classes: 10, spread: 80, T: 17 },
  ])("finds the temperature of the logits: $classes classes, T near $T", async options => {
    const data = sampled(options.rows, options.classes, options.spread, options.T);
    const fit = await fitProfile(profileOf(data));
    const expected = await directFit(data);
    expect(fit).toMatchObject({ verdict: "optimum", rows: options.rows });
    expect(Math.abs(fit!.T / expected.T - 1)).toBeLessThan(2e-7);
    expectClose(fit!.nll, expected.nll, 1e-6);
    expect(Math.abs(fit!.standardError / expected.standardError - 1)).toBeLessThan(1e-4);
  });

  it.each([
    ["separable", small([2, 1, 1, 2], [0, 1])],
    ["worse than uniform", small([2, 1, 1, 2], [1, 0])],
    ["worse than uniform", small([2, -Infinity, 1, 2], [1, 0])],
    ["undefined", small([2, 2, 2, 2], [1, 0])],
    ["undefined", small([2, 1], [-1])],
  ])("has the verdict %s", async (verdict, data) => {
    const fit = await fitProfile(profileOf(data));
    const expected = await directFit(data);
    expect(fit?.verdict).toBe(verdict);
    expect(fit).toEqual({ ...expected, nllAtOne: fit?.nllAtOne });
  });

  it.each([0.02, 60])("leaves an optimum at T = %d to the logits", async T => {
    const data = sampled(500, 10, 3 * T, T);
    expect((await directFit(data)).T / T).toBeCloseTo(1, 0);
    expect(await fitProfile(profileOf(data))).toBeUndefined();
  });
});

/** Exact losses that keep what they were asked for, time after time. */
function countedLoss(data: Dataset) {
  const asked: (readonly number[])[] = [];
  const exact: Losses = async betas => {
    asked.push(betas);
    return betas.map(beta => directLoss(data, beta));
  };
  return { asked, exact };
}

describe("a polished fit", () => {
  it.each([
    { rows: 500, classes: 2, spread: 2, T: 0.8 },
    { rows: 500, classes: 10, spread: 3, T: 1.4 },
    { rows: 100, classes: 1000, spread: 6, T: 4 },
    { rows: 60, classes: 1025, spread: 3, T: 1.4 },
    { rows: 500, classes: 10, spread: 0.3, T: 0.07 },
    { rows: 500, classes: 10, spread: 80, T: 17 },
  ])(
    "is the direct one with two or three exact losses: $classes classes, T near $T",
    async options => {
      const data = sampled(options.rows, options.classes, options.spread, options.T);
      const { asked, exact } = countedLoss(data);
      const fit = await fitByProfile(profileOf(data), exact);
      const expected = await directFit(data);
      expect([2, 3]).toContain(fit.evaluations);
      expect(asked.flat().length).toBe(fit.evaluations);
      expect(asked[0].length).toBe(2);
      expect(Math.abs(fit.gradient)).toBeLessThan(1e-9);
      expect(Math.abs(fit.T / expected.T - 1)).toBeLessThan(1e-11);
      expectClose(fit.nll, expected.nll, 1e-14);
      expect(fit.nllAtOne).toBe(expected.nllAtOne);
      expectClose(fit.standardError, expected.standardError, 1e-8);
    },
  );

  it.each([
    ["separable", small([2, 1, 1, 2], [0, 1])],
    ["worse than uniform", small([2, 1, 1, 2], [1, 0])],
    ["worse than uniform", small([2, -Infinity, 1, 2], [1, 0])],
    ["undefined", small([2, 2, 2, 2], [1, 0])],
    ["undefined", small([2, 1], [-1])],
  ])("has the verdict %s, and asks only for T = 1", async (verdict, data) => {
    const { asked, exact } = countedLoss(data);
    const fit = await fitByProfile(profileOf(data), exact);
    expect(fit).toEqual({ ...(await directFit(data)), evaluations: 1 });
    expect(fit.verdict).toBe(verdict);
    expect(asked).toEqual([[1]]);
  });

  it.each([0.02, 60])("is a direct one where T is %d", async T => {
    const data = sampled(500, 10, 3 * T, T);
    expect(await fitByProfile(profileOf(data), countedLoss(data).exact)).toEqual(
      await directFit(data),
    );
  });

  it.each([0.1, 0.9, 1.01, 10])("takes more steps from a start that is %d times off", async off => {
    const data = sampled(300, 10, 3, 1.4);
    const expected = await directFit(data);
    const fit = await polishFit({ ...expected, T: off * expected.T }, countedLoss(data).exact);
    expect(fit.evaluations).toBeGreaterThan(3);
    expect(Math.abs(fit.T / expected.T - 1)).toBeLessThan(1e-11);
    expect(Math.abs(fit.gradient)).toBeLessThan(1e-9);
  });
});
