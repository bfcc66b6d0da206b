import { describe, expect, it } from "vitest";
import { ClasswiseBins, equalWidthEdges, sumFields } from "../../../src/core";
import {
  createKernel,
  createPlainKernel,
  type BlockType,
  type Kernel,
} from "../../../src/core/kernel";
import { conventions } from "../calibration/rows";
import { adversarial, temperatures } from "../profile/support";
import { addClasses, expectNear, put, rowsOf, type Rows } from "./support";

const simd = createKernel();
const plain = createPlainKernel();
const types: readonly BlockType[] = ["float32", "float64", "float16", "bfloat16"];

/** What a kernel adds up, and what it finds by "row:class". */
function probabilitiesOf(kernel: Kernel, rows: Rows, T: number, threshold: number) {
  put(kernel, rows);
  const sums = new Float64Array(rows.rows * sumFields);
  kernel.sumRows(rows, T, "double", sums);
  const totals = new Float64Array(rows.classes).fill(1);
  const found = new Map<string, number>();
  kernel.addProbabilities(rows, T, sums, totals, threshold, (row, k, p) => {
    if (found.has(`${row}:${k}`)) expect.fail(`row ${row}, class ${k} is found twice`);
    found.set(`${row}:${k}`, p);
  });
  return { totals: totals.map(total => total - 1), found };
}

function compare(rows: Rows, T: number, threshold: number): void {
  const expected = probabilitiesOf(plain, rows, T, threshold);
  const actual = probabilitiesOf(simd, rows, T, threshold);
  const at = (what: string) => `${what}, ${rows.type}, ${rows.classes} classes, T = ${T}`;
  // The twin adds one after another, which rounds each time; so does what both are added to.
  const tolerance = 2e-13 + rows.classes * 2 ** -53;
  expected.totals.forEach((total, k) => {
    expectNear(actual.totals[k], total, tolerance * (1 + total), at(`class ${k}`));
  });
  const isNear = (p: number) => Math.abs(p / threshold - 1) < 2 * tolerance;
  for (const key of new Set([...expected.found.keys(), ...actual.found.keys()])) {
    const [p, q] = [expected.found.get(key), actual.found.get(key)];
    if (p !== undefined && q !== undefined) expectNear(q, p, tolerance * p, at(key));
    else if (!isNear(p ?? q!)) expect.fail(at(key));
  }
}

describe("a kernel's probabilities", () => {
  it.each([
    { classes: 1, rows: 3, count: 4 },
    { classes: 2, rows: 6, count: 6 },
    { classes: 3, rows: 6, count: 6 },
    { classes: 5, rows: 6, count: 6 },
    { classes: 63, rows: 3, count: 6 },
    { classes: 1000, rows: 6, count: 6 }, // more rows than a batch of sums
    { classes: 2047, rows: 2, count: 3 },
    { classes: 2049, rows: 2, count: 3 },
    { classes: 4099, rows: 1, count: 3 },
    { classes: 151_936, rows: 1, count: 3 },
  ])(
    "are the twin's on adversarial rows of $classes classes",
    ({ classes, rows, count }) => {
      const { block, labels } = adversarial(rows, classes);
      block[classes] = NaN; // a row without a distribution
      for (const type of classes > 10_000 ? types.slice(0, 1) : types) {
        const some = rowsOf(type, classes, block, labels);
        for (const T of temperatures(count)) {
          compare(some, T, 1 / 15);
          if (classes < 10_000) compare(some, T, 1 / (classes + 1));
        }
      }
    },
    120_000,
  );

  it.each([0, 1e-200, 1e-7, 1e7, 1e200, Infinity])("are the twin's in the limits, T = %d", T => {
    const { block, labels } = adversarial(2, 10);
    for (const type of types) compare(rowsOf(type, 10, block, labels), T, 0.07);
  });

  it("leave out rows without a label or a distribution", () => {
    const numbers = [0, 0, 1, 1, NaN, 1, -Infinity, -Infinity, 2, -Infinity];
    const rows = rowsOf("float32", 2, numbers, [-1, 1, 0, 0, 0]);
    for (const kernel of [simd, plain]) {
      const { totals, found } = probabilitiesOf(kernel, rows, 1, 0.1);
      expect([...totals]).toEqual([1.5, 0.5]);
      expect(Object.fromEntries(found)).toEqual({ "1:0": 0.5, "1:1": 0.5, "4:0": 1 });
    }
  });

  it("find none beyond reach, and leave the room as it was", () => {
    for (const type of types) {
      const rows = rowsOf(type, 5, [1, 2, 3, 4, 5, 0, 0, 0, 0, 50], [1, 2]);
      expect(probabilitiesOf(simd, rows, 1, Infinity).found.size).toBe(0);
      expect(simd.room(rows.bytes.length)).toEqual(rows.bytes);
    }
  });

  it("refuse what does not fit", () => {
    const rows = rowsOf("float32", 2, [1, 2, 3, 4], [0, 1]);
    for (const kernel of [createKernel(), createPlainKernel()]) {
      const add = (T: number, sums: number, totals: number) =>
        kernel.addProbabilities(
          rows,
          T,
          new Float64Array(sums),
          new Float64Array(totals),
          0.1,
          () => undefined,
        );
      expect(() => add(1, 20, 2)).toThrow("does not fit into a room");
      kernel.room(16);
      expect(() => add(-1, 20, 2)).toThrow("temperature");
      expect(() => add(1, 19, 2)).toThrow("too few");
      expect(() => add(1, 20, 3)).toThrow("3 totals are not those of 2 classes");
    }
  });
});

describe("classwise bins of a kernel", () => {
  it.each(conventions)("hold probabilities that lie on an edge by the convention %s", ends => {
    // n equal classes have p = 1/n, the first edge of n bins and others of 2n and 3n.
    for (const kernel of [simd, plain]) {
      for (const n of [1, 2, 3, 5, 7, 10, 15, 20]) {
        for (const bins of [n, 2 * n, 3 * n]) {
          const into = new ClasswiseBins(n, bins, ends);
          const labels = Array.from({ length: 4 }, (_, r) => r % n);
          addClasses(kernel, rowsOf("float32", n, new Float32Array(4 * n), labels), 1, into);
          // All p of a class are in one bin with its labels.
          const { eceOf, frequency } = into.result();
          eceOf.forEach((ece, k) => {
            expectNear(ece, Math.abs(1 / n - frequency[k]), 1e-15, `${n} in ${bins} bins`);
          });
        }
      }
    }
  });

  it.each(conventions)("part two probabilities beside an edge by the convention %s", ends => {
    // p = ½ lies on the edge of two bins, 2/3 and 1/3 beside it. Rows: ½ ½, and 2/3 1/3.
    const rows = rowsOf("float64", 2, [0, 0, Math.LN2, 0], [0, 1]);
    expect(equalWidthEdges(2)[1]).toBe(0.5);
    for (const kernel of [simd, plain]) {
      const into = new ClasswiseBins(2, 2, ends);
      addClasses(kernel, rows, 1, into);
      // Class 0: gaps ½ − 1 and 2/3 − 0; class 1: ½ − 0 and 1/3 − 1.
      const together = (1 / 2 - 1 + 2 / 3) / 2;
      const apart = (1 / 2 + 2 / 3) / 2;
      const [first, second] = into.result().eceOf;
      expectNear(first, ends === "[lo, hi)" ? together : apart, 1e-15, "class 0");
      expectNear(second, ends === "[lo, hi)" ? apart : together, 1e-15, "class 1");
    }
  });

  it("add up over threads by their parts", () => {
    const { block, labels } = adversarial(6, 40);
    const whole = new ClasswiseBins(40, 15, "[lo, hi)");
    addClasses(simd, rowsOf("float32", 40, block, labels), 0.7, whole);
    const total = new ClasswiseBins(40, 15, "[lo, hi)");
    for (let r = 0; r < labels.length; r += 24) {
      const part = new ClasswiseBins(40, 15, "[lo, hi)");
      const some = block.subarray(40 * r, 40 * (r + 24));
      addClasses(simd, rowsOf("float32", 40, some, labels.slice(r, r + 24)), 0.7, part);
      total.addParts(structuredClone(part.parts()));
    }
    const [actual, expected] = [total.result(), whole.result()];
    expect(actual.frequency).toEqual(expected.frequency);
    expected.eceOf.forEach((ece, k) => expectNear(actual.eceOf[k], ece, 1e-14, `class ${k}`));
    expectNear(actual.ece, expected.ece, 1e-14, "mean");
  });
});
