import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smoothEce, type Scored } from "../../../src/core";
import { expectClose } from "../support";
import { pairs, scored, scoredOf } from "./rows";

/**
 * The definition, row by row and without a grid for the rows: the mean of residuals smoothed by a
 * Gaussian and its two mirror images, over points in [0, 1]. It is cut at ±½, as relplot's is, which
 * matters at wide bandwidths only; its mean is that over the smoothed rows, too.
 */
function naiveSmoothEce(rows: Scored): number {
  const all = pairs(rows);
  const smoothed = (sigma: number) => {
    let error = 0;
    let density = 0;
    for (let t = 0; t <= 1; t += 1 / 250) {
      let sum = 0;
      for (const { c, a } of all) {
        for (const at of [c, -c, 2 - c]) {
          if (Math.abs(t - at) > 0.5) continue;
          const weight = Math.exp(-((t - at) ** 2) / (2 * sigma * sigma));
          sum += (c - a) * weight;
          density += weight;
        }
      }
      error += Math.abs(sum);
    }
    return error / density;
  };
  let below = 0;
  let above = 1;
  while (above - below > 1e-4) {
    const sigma = (below + above) / 2;
    if (sigma < smoothed(sigma)) below = sigma;
    else above = sigma;
  }
  return smoothed(above);
}

describe("smECE", () => {
  it("is the fixed point of the definition, to the fineness of its grids", () => {
    const inside = scored
      .filter(rows => pairs(rows).length > 0)
      .map(rows => ({
        ...rows,
        confidence: rows.confidence.map(c => 0.2 + 0.6 * c), // the grid halves masses on 0 and 1
      }));
    fc.assert(
      fc.property(inside, rows => {
        const expected = naiveSmoothEce(rows);
        expect(Math.abs(smoothEce(rows) - expected)).toBeLessThan(0.005);
      }),
      { numRuns: 15 },
    );
  });

  it("is NaN over nothing", () => {
    expect(smoothEce(scoredOf([0.5], [1], [false]))).toBeNaN();
  });

  it("agrees with relplot's own steps, taken in NumPy", () => {
    const rows = Array.from({ length: 200 }, (_, i) => i);
    const few = scoredOf(
      rows.map(i => 0.5 + ((i * 37) % 101) / 202),
      rows.map(i => (i * 7) % 10 < 6),
    );
    expectClose(smoothEce(few), 0.15232139594940974, 1e-12);
  });

  it("agrees with them at a small bandwidth, where the grids are finer", () => {
    const rows = Array.from({ length: 5000 }, (_, i) => i);
    const confidence = rows.map(i => (((i * 2654435761) % 5000) + 0.5) / 5000);
    const correct = confidence.map((c, i) => ((i * 40503) % 4999) / 4999 < c);
    expectClose(smoothEce(scoredOf(confidence, correct)), 0.005442744432242037, 1e-12);
  });
});
