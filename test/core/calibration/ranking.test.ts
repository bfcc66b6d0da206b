import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auroc, rankRows, riskCoverage } from "../../../src/core";
import { meanOf, pairs, scored, scoredOf, expectSame } from "./rows";

describe("confidence as a ranking", () => {
  it("has the AUROC of all pairs of a right and a wrong row", () => {
    fc.assert(
      fc.property(scored, rows => {
        const right = pairs(rows).filter(r => r.a === 1);
        const wrong = pairs(rows).filter(r => r.a === 0);
        const wins = right.flatMap(r => wrong.map(w => (r.c > w.c ? 1 : r.c === w.c ? 0.5 : 0)));
        expectSame(auroc(rankRows(rows)), wins.length > 0 ? meanOf(wins) : NaN);
      }),
      { numRuns: 300 },
    );
  });

  it("has no AUROC where all are right, or none is there", () => {
    expect(auroc(rankRows(scoredOf([0.5, 0.6], [1, 1])))).toBeNaN();
    expect(auroc(rankRows(scoredOf([], [])))).toBeNaN();
  });

  it("has the risk of its surest rows", () => {
    fc.assert(
      fc.property(scored, rows => {
        const sorted = pairs(rows).sort((x, y) => y.c - x.c);
        const risks = sorted.map((_, k) => meanOf(sorted.slice(0, k + 1).map(r => 1 - r.a)));
        const { curve, aurc } = riskCoverage(rankRows(rows));
        expect(curve).toHaveLength(Math.min(100, risks.length));
        for (const { coverage, risk } of curve) {
          expectSame(risk, risks[Math.round(coverage * risks.length) - 1]);
        }
        expectSame(aurc, meanOf(risks));
      }),
      { numRuns: 300 },
    );
  });

  it.each([1, 3, 100, 101, 1234])("has a curve of up to 100 places, the last one of %d rows", n => {
    const rows = scoredOf(
      Array.from({ length: n }, (_, i) => 1 - i / n),
      Array.from({ length: n }, (_, i) => i % 2),
    );
    const { curve } = riskCoverage(rankRows(rows));
    expect(curve).toHaveLength(Math.min(100, n));
    expect(curve.at(-1)).toEqual({ coverage: 1, risk: Math.ceil(n / 2) / n });
    curve.forEach(({ coverage }, i) =>
      expect(Math.abs(coverage - (i + 1) / curve.length)).toBeLessThanOrEqual(0.5 / n + 1e-12),
    );
  });
});
