import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createRowMeasures,
  entropyOf,
  logSoftmax,
  measureRows,
  rowState,
  sigmoidRows,
  softmax,
  summarise,
  topKAccuracy,
} from "../../../src/core";
import { expectRowClose, temperature } from "../support";
import { blockOf, dataOf, measured, roughData, tiedData, expectSame } from "./rows";

const anyTemperature = fc.oneof(temperature, fc.constantFrom(0, Infinity));

describe("the measures of rows", () => {
  it("are what the definitions say, row by row", () => {
    fc.assert(
      fc.property(roughData, anyTemperature, (data, T) => {
        const actual = measured(data, T);
        data.rows.forEach((z, r) => {
          const label = data.labels[r];
          const usable = rowState(z) === "usable";
          expect(actual.used[r]).toBe(usable && label >= 0 ? 1 : 0);
          if (!usable) {
            expect([actual.argMax[r], actual.confidence[r], actual.nll[r]]).toEqual([-1, NaN, NaN]);
            return;
          }
          const p = softmax(z, T);
          expect(actual.argMax[r]).toBe(z.indexOf(Math.max(...z)));
          expectSame(actual.confidence[r], Math.max(...p));
          expectSame(actual.entropy[r], entropyOf(p));
          if (label < 0) {
            expect([actual.correct[r], actual.nll[r], actual.labelRank[r]]).toEqual([0, NaN, -1]);
            return;
          }
          const order = z.map((_, k) => k).sort((a, b) => (z[a] === z[b] ? a - b : z[b] - z[a]));
          expect(actual.labelRank[r]).toBe(order.indexOf(label));
          expect(actual.correct[r]).toBe(order[0] === label ? 1 : 0);
          expectSame(actual.nll[r], -logSoftmax(z, T)[label]);
          expectSame(
            actual.brier[r],
            p.reduce((sum, v, k) => sum + (v - (k === label ? 1 : 0)) ** 2, 0),
          );
        });
      }),
    );
  });

  it("are the same block by block, for float32 blocks, and with a temperature a row", () => {
    const data = dataOf(
      [
        [0, 1, 2],
        [3, 1, -1],
        [0.5, 0.25, 0.5],
      ],
      [2, 1, 0],
    );
    const whole = measured(data, Float64Array.of(2, 0.5, 1));
    const parts = createRowMeasures(3);
    const block = Float32Array.from(blockOf(data));
    measureRows(block.subarray(0, 3), 3, data.labels, 2, parts);
    measureRows(block.subarray(3, 6), 3, data.labels.subarray(1), 0.5, parts, 1);
    measureRows(block.subarray(6), 3, data.labels.subarray(2), 1, parts, 2);
    expect(parts).toEqual(whole);
  });

  it("never change the answer with T", () => {
    fc.assert(
      fc.property(roughData, anyTemperature, (data, T) => {
        const { argMax, correct, labelRank } = measured(data, 1);
        expect(measured(data, T)).toMatchObject({ argMax, correct, labelRank });
      }),
    );
  });

  it("refuse what does not fit, in a sentence", () => {
    const out = createRowMeasures(1);
    const one = Float64Array.of(1, 2);
    expect(() => measureRows(Float64Array.of(1), 2, [0], 1, out)).toThrow("not whole rows of 2");
    expect(() => measureRows(one, 2, [], 1, out)).toThrow("0 labels are too few for 1 rows");
    for (const label of [2, -2, 0.5, NaN]) {
      expect(() => measureRows(one, 2, [label], 1, out)).toThrow(`Row 0 has the label ${label}`);
    }
    expect(() => measureRows(one, 2, [0], 1, out, 1)).toThrow("Rows up to 2 do not fit into 1");
    expect(() => measureRows(one, 2, [0], -1, out)).toThrow(RangeError);
    expect(() => measureRows(one, 2, [0], [NaN], out)).toThrow(RangeError);
  });

  it("leave their block alone", () => {
    const block = Float64Array.of(1, -Infinity, 3, 3);
    const before = block.slice();
    measureRows(block, 2, [0, 1], 2, createRowMeasures(2));
    expect(block).toEqual(before);
  });
});

describe("the summary", () => {
  it("takes means over used rows and counts the others", () => {
    fc.assert(
      fc.property(roughData, fc.integer({ min: 1, max: 7 }), (data, k) => {
        const m = measured(data);
        const rows = [...m.used.keys()].filter(r => m.used[r] === 1);
        const mean = (of: ArrayLike<number>) =>
          rows.reduce((sum, r) => sum + of[r], 0) / rows.length;
        const actual = summarise(m);
        expect(actual.used + actual.unlabelled + actual.unusable).toBe(actual.rows);
        expect(actual.unusable).toBe(data.rows.filter(z => rowState(z) !== "usable").length);
        expect(actual.used).toBe(rows.length);
        expect(actual.trueClassZeros).toBe(rows.filter(r => m.nll[r] === Infinity).length);
        for (const name of ["nll", "brier", "confidence", "entropy"] as const) {
          expectSame(actual[name], mean(m[name]));
        }
        expectSame(actual.accuracy, mean(m.correct));
        expectSame(topKAccuracy(m, k), mean(Array.from(m.labelRank, rank => (rank < k ? 1 : 0))));
      }),
    );
  });

  it("has a top-1 accuracy that is the accuracy, ties included", () => {
    fc.assert(
      fc.property(tiedData, data => {
        const m = measured(data);
        expectSame(topKAccuracy(m, 1), summarise(m).accuracy);
        expect(topKAccuracy(m, data.classes)).toBe(1);
      }),
    );
  });

  it("is NaN over nothing", () => {
    expect(summarise(createRowMeasures(2))).toMatchObject({ rows: 2, used: 0, accuracy: NaN });
    expect(topKAccuracy(createRowMeasures(0), 5)).toBeNaN();
  });
});

describe("sigmoid scores", () => {
  it("become rows of two, cell by cell, with their 0/1 labels", () => {
    const rows = sigmoidRows([2, -1, 0], "logits");
    expect([...rows]).toEqual([0, 2, 0, -1, 0, 0]);
    const out = createRowMeasures(3);
    measureRows(rows, 2, [1, 1, -1], 1, out);
    expect([...out.used]).toEqual([1, 1, 0]);
    expect([...out.correct]).toEqual([1, 0, 0]);
    expectSame(out.confidence[0], 1 / (1 + Math.exp(-2)));
    expectSame(out.nll[1], Math.log1p(Math.exp(1)));
    const p = softmax([...sigmoidRows([0.3], "probabilities")], 1);
    expectRowClose(p, [0.7, 0.3]);
  });
});
