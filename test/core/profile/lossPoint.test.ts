import { describe, expect, it } from "vitest";
import { lossPoint, type LossPoint } from "../../../src/core";
import { expectClose } from "../support";
import { adversarial, directLoss, profileOf, sampled, small } from "./support";

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
