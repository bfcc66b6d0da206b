import { describe, expect, it } from "vitest";
import {
  createRowMeasures,
  createRowScan,
  LossSums,
  measureRows,
  measureSums,
  scanSums,
  sumFields,
  summarise,
} from "../../../src/core";
import { createKernel, createPlainKernel, type Kernel } from "../../../src/core/kernel";
import { adversarial } from "../profile/support";
import { expectNear, put, rowsOf, type Rows } from "./support";

const classes = 7;
const { block, labels } = adversarial(4, classes);
block[0] = NaN; // a row without a distribution
const rows = rowsOf("float64", classes, block, labels);
const temperatures = [0, 0.05, 0.7, 20, Infinity];

/** The sums of a kernel, one array for all rows. */
function sumsAt(kernel: Kernel, of: Rows, T: number): Float64Array {
  put(kernel, of);
  const sums = new Float64Array(of.rows * sumFields);
  kernel.sumRows(of, T, "double", sums);
  return sums;
}

describe("measures, losses and scans by a kernel's sums", () => {
  it.each(temperatures)("are those of the rows by the plain kernel, bit by bit, T = %d", T => {
    const sums = sumsAt(createPlainKernel(), rows, T);
    const expected = createRowMeasures(rows.rows + 1);
    measureRows(block, classes, labels, T, expected, 1);
    const actual = createRowMeasures(rows.rows + 1);
    measureSums(sums, labels, T, actual, 1);
    expect(actual).toEqual(expected);
    expect(summarise(actual).rows).toBeGreaterThan(30);

    const loss = new LossSums(classes, 1 / T);
    loss.add(block, labels);
    const bySums = new LossSums(classes, 1 / T);
    bySums.addSums(sums, labels);
    expect(bySums.point()).toEqual(loss.point());

    const scan = createRowScan(rows.rows + 1);
    scanSums(sums, scan, 1);
    expect(scan.argMax.subarray(1)).toEqual(actual.argMax.subarray(1));
    expect(scan.confidence.subarray(1)).toEqual(actual.confidence.subarray(1));
    expect(scan.nll.subarray(1)).toEqual(actual.nll.subarray(1));
  });

  it.each(temperatures)("are near by the fast one, T = %d", T => {
    const expected = createRowMeasures(rows.rows);
    measureRows(block, classes, labels, T, expected);
    const actual = createRowMeasures(rows.rows);
    measureSums(sumsAt(createKernel(), rows, T), labels, T, actual);
    for (const name of ["confidence", "nll", "brier", "entropy"] as const) {
      expected[name].forEach((value, r) => {
        const tolerance = 2e-12 * Math.max(1, Math.abs(value));
        expectNear(actual[name][r], value, tolerance, `${name} of row ${r}`);
      });
    }
    for (const name of ["argMax", "correct", "labelRank", "used"] as const) {
      expect(actual[name]).toEqual(expected[name]);
    }
  });

  it("add up over threads by their parts", () => {
    const whole = new LossSums(classes, 1);
    const total = new LossSums(classes, 1);
    for (let r = 0; r < rows.rows; r += 8) {
      const part = new LossSums(classes, 1);
      for (let i = r; i < Math.min(rows.rows, r + 8); i++) {
        const row = block.subarray(i * classes, (i + 1) * classes);
        whole.add(row, [labels[i]]);
        part.add(row, [labels[i]]);
      }
      total.addParts(structuredClone(part.parts()));
    }
    const expected = whole.point();
    for (const [name, value] of Object.entries(total.point())) {
      const other = expected[name as keyof typeof expected];
      expectNear(value, other, 1e-13 * Math.abs(other), name);
    }
  });

  it("refuse what does not fit", () => {
    const sums = new Float64Array(2 * sumFields);
    const one = createRowMeasures(1);
    expect(() => measureSums(sums, [0, 0], 1, one)).toThrow("Rows up to 2 do not fit into 1");
    expect(() => measureSums(sums, [0, 0, 0], 1, one)).toThrow("too few");
    expect(() => measureSums(sums, [0], -1, one)).toThrow("temperature");
    expect(() => new LossSums(1, 1).addSums(sums, [0, 0, 0])).toThrow("too few");
  });
});
