import { describe, expect, it } from "vitest";
import {
  covers,
  createRowMeasures,
  describe as describeRow,
  evaluateLogZ,
  evaluateRows,
  evaluateSums,
  summarise,
} from "../../../src/core";
import { LogSum } from "../../../src/core/profile/logSum";
import { expectClose } from "../support";
import { adversarial, profileOf, temperatures, type Dataset } from "./support";

const uncovered = [0, 0.0499, 20.001, Infinity, -1, NaN];

describe("means by a profile", () => {
  it("are those of its rows that have a label", () => {
    const data = adversarial(60, 10); // more rows than one tile
    const profile = profileOf(data);
    const measures = createRowMeasures(data.labels.length);
    for (const T of temperatures(20)) {
      evaluateRows(profile, T, measures);
      const rows = summarise(measures);
      const means = evaluateSums(profile, T);
      expect(means).toMatchObject({ temperature: T, rows: rows.used, accuracy: rows.accuracy });
      for (const name of ["confidence", "entropy", "nll", "brier"] as const) {
        expectClose(means[name], rows[name], 1e-12);
      }
    }
  });

  it("know the energy", () => {
    const data = adversarial(2, 10);
    const profile = profileOf(data);
    for (const T of temperatures(20)) {
      const energies = Array.from(data.labels, (_, r) =>
        describeRow(data.block.subarray(10 * r, 10 * r + 10), T),
      ).filter((_, r) => data.labels[r] >= 0);
      const mean = energies.reduce((sum, { energy }) => sum + energy, 0) / energies.length;
      expectClose(evaluateSums(profile, T).energy, mean, 1e-7);
    }
  });

  it("are over all rows with a distribution where none has a label", () => {
    const block = Float64Array.of(0, 0, NaN, 0, 0, -Infinity);
    const unlabelled: Dataset = { classes: 2, block, labels: Int32Array.of(-1, 0, -1) };
    const means = evaluateSums(profileOf(unlabelled), 2);
    expect(means).toMatchObject({ rows: 2, accuracy: NaN, nll: NaN, brier: NaN });
    expectClose(means.confidence, 0.75);
    expectClose(means.entropy, Math.LN2 / 2);
    expectClose(means.energy, 0);
  });

  it("say that the NLL is infinite where a label is masked", () => {
    const block = Float64Array.of(0, -Infinity, 1, 0);
    const means = evaluateSums(profileOf({ classes: 2, block, labels: Int32Array.of(1, 0) }), 1);
    expect(means).toMatchObject({ rows: 2, accuracy: 0.5, nll: Infinity });
    expectClose(means.brier, (2 + 2 * (1 / (1 + Math.E)) ** 2) / 2, 1e-7);
  });

  it("are NaN of nothing", () => {
    const means = evaluateSums(
      profileOf({ classes: 2, block: new Float64Array(0), labels: new Int32Array(0) }),
      1,
    );
    expect(means).toMatchObject({ rows: 0, confidence: NaN, entropy: NaN, nll: NaN });
  });
});

describe("what a profile covers", () => {
  it("is T from 0.05 to 20", () => {
    expect([0.05, 1, 20].map(covers)).toEqual([true, true, true]);
    expect(uncovered.map(covers)).toEqual(uncovered.map(() => false));
  });

  it("is all it answers for", () => {
    const profile = profileOf(adversarial(1, 3));
    const out = createRowMeasures(profile.rows);
    for (const T of uncovered) {
      expect(() => evaluateRows(profile, T, out)).toThrow(RangeError);
      expect(() => evaluateLogZ(profile, T)).toThrow(RangeError);
      expect(() => evaluateSums(profile, T)).toThrow("from 0.05 to 20");
    }
    expect(() => evaluateRows(profile, 1, createRowMeasures(1))).toThrow("do not fit");
  });
});

describe("a sum of logarithms", () => {
  it("outlives products that overflow", () => {
    const logs = new LogSum();
    for (let i = 0; i < 1000; i++) logs.add(1e9);
    logs.add(2);
    expectClose(logs.total(), 9000 * Math.LN10 + Math.LN2, 1e-12);
  });
});
