import { describe, expect, it } from "vitest";
import { createRowMeasures, errorBound, evaluateRows } from "../../../src/core";
import { direct, profileOf, temperatures, type Dataset } from "./support";

/** One class above so many others, all by the same gap: the rows that the bound is reached by. */
function oneAbove(classes: number, gaps: number[]): Dataset {
  const block = new Float64Array(classes * gaps.length);
  gaps.forEach((gap, r) => block.fill(-gap, r * classes + 1, (r + 1) * classes));
  return { classes, block, labels: new Int32Array(gaps.length) };
}

describe("the bound of a profile's errors", () => {
  it.each([
    [1, 1e-7, 1e-6],
    [10, 1e-7, 1e-6],
    [1000, 3.5e-7, 3.6e-6],
    [1024, 3.5e-7, 3.6e-6],
    [1025, 1.6e-7, 1.8e-6],
    [151_936, 8e-7, 9.5e-6],
  ])("is known for %i classes", (classes, logZ, entropy) => {
    const bound = errorBound(classes);
    expect(bound.logZ).toBeGreaterThan(logZ / 2);
    expect(bound.logZ).toBeLessThan(logZ);
    expect(bound.entropy).toBeGreaterThan(entropy / 2);
    expect(bound.entropy).toBeLessThan(entropy);
  });

  it.each([100, 1024, 1025])("holds, and is nearly reached, for %i classes", classes => {
    const data = oneAbove(classes, [1, 1.1, 1.2, 1.3]);
    const profile = profileOf(data);
    const bound = errorBound(classes);
    const actual = createRowMeasures(data.labels.length);
    let worstLogZ = 0;
    let worstEntropy = 0;
    for (const T of temperatures(400)) {
      const expected = direct(data, T);
      evaluateRows(profile, T, actual);
      for (let r = 0; r < data.labels.length; r++) {
        // The label is the top class at 0, so its NLL is ln Z.
        worstLogZ = Math.max(worstLogZ, Math.abs(actual.nll[r] - expected.nll[r]));
        const error = Math.abs(actual.entropy[r] - expected.entropy[r]);
        worstEntropy = Math.max(worstEntropy, error);
      }
    }
    expect(worstLogZ).toBeLessThan(bound.logZ);
    expect(worstEntropy).toBeLessThan(bound.entropy);
    expect(worstLogZ).toBeGreaterThan(bound.logZ / 4);
    expect(worstEntropy).toBeGreaterThan(bound.entropy / 8);
  });
});
