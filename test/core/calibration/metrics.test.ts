import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  auroc,
  bootstrapEce,
  brierParts,
  calibrationError,
  createRowMeasures,
  debiasedL2,
  eceByBins,
  equalMassBins,
  equalWidthBins,
  fullMetrics,
  liveMetrics,
  rankRows,
  reliabilityBins,
  riskCoverage,
  smoothEce,
  summarise,
  topKAccuracy,
} from "../../../src/core";
import { convention, dataOf, measured, roughData } from "./rows";

const four = measured(
  dataOf(
    [
      [2, 1, 0],
      [0, 3, 0],
      [0, 0.1, 0.2],
      [5, 0, 0],
    ],
    [0, 1, 0, -1],
  ),
);

describe("live metrics", () => {
  it("are the single metrics side by side", () => {
    fc.assert(
      fc.property(roughData, fc.integer({ min: 1, max: 20 }), convention, (data, n, ends) => {
        const measures = measured(data);
        const bins = equalWidthBins(measures, n, ends);
        expect(liveMetrics(measures, n, ends)).toEqual({
          ...summarise(measures),
          ...calibrationError(bins),
          top5: topKAccuracy(measures, 5),
          convention: ends,
          bins: reliabilityBins(bins),
        });
      }),
    );
  });

  it("count what is used and what is not", () => {
    expect(liveMetrics(four, 15, "[lo, hi)")).toMatchObject({
      rows: 4,
      used: 3,
      unlabelled: 1,
      unusable: 0,
      accuracy: 2 / 3,
      top5: 1,
      trueClassZeros: 0,
    });
  });

  it("refuse a number of bins that is none", () => {
    expect(() => liveMetrics(four, 0, "[lo, hi)")).toThrow(RangeError);
  });
});

describe("full metrics", () => {
  it("are the live ones and all others", () => {
    const ends = "(lo, hi]";
    const full = fullMetrics(four, 7, ends, 3);
    expect(full).toMatchObject(liveMetrics(four, 7, ends));
    expect(full).toMatchObject({
      equalMassEce: calibrationError(equalMassBins(rankRows(four), 7)).ece,
      debiasedL2: debiasedL2(equalMassBins(rankRows(four), 15)),
      smoothEce: smoothEce(four),
      brierParts: brierParts(four, 7, ends),
      auroc: auroc(rankRows(four)),
      riskCoverage: riskCoverage(rankRows(four)),
      eceInterval: bootstrapEce(four, { bins: 7, convention: ends, seed: 3, draws: 1000 }),
      draws: 1000,
      eceByBins: eceByBins(rankRows(four), ends, 5, 50),
    });
    expect(full.eceByBins).toHaveLength(46);
  });

  it("give the same intervals for the same seed, others for another", () => {
    const rows = Array.from({ length: 60 }, (_, r) => [Math.sin(r), Math.cos(3 * r)]);
    const many = measured(
      dataOf(
        rows,
        rows.map((_, r) => r % 2),
      ),
    );
    const interval = (seed: number) => fullMetrics(many, 15, "[lo, hi)", seed).eceInterval;
    expect(interval(1)).toEqual(interval(1));
    expect(interval(1).low).not.toBe(interval(2).low);
  });

  it("draw less often from many rows", () => {
    const measures = createRowMeasures(20_000);
    measures.used.fill(1);
    measures.confidence.fill(0.5);
    expect(fullMetrics(measures, 15, "[lo, hi)").draws).toBe(500);
  });

  it("are NaN where there is no row, not an error", () => {
    const none = fullMetrics(createRowMeasures(3), 15, "[lo, hi)");
    expect(none).toMatchObject({ rows: 3, used: 0, unusable: 3, draws: 1000 });
    for (const value of [none.ece, none.mce, none.smoothEce, none.auroc, none.equalMassEce]) {
      expect(value).toBeNaN();
    }
    expect(none.riskCoverage.aurc).toBeNaN();
    expect(none.eceInterval.low).toBeNaN();
    expect(none.brierParts.score).toBeNaN();
  });
});
