import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKernel, createPlainKernel, type BlockType } from "../../../src/core/kernel";
import { adversarial, temperatures } from "../profile/support";
import { temperature } from "../support";
import {
  exactFields,
  expectNear,
  fields,
  first,
  labelRank,
  rest,
  rowsOf,
  second,
  summedFields,
  sumsOf,
  type Rows,
} from "./support";

const simd = createKernel();
const plain = createPlainKernel();
const toldBySingle = [...exactFields.filter(f => f !== labelRank), rest];
const types: readonly BlockType[] = ["float32", "float64", "float16", "bfloat16"];

/** The kernel's numbers of each row beside the twin's: exact or within its word. */
function compare(rows: Rows, T: number, what: (row: number) => string = String): void {
  const expected = sumsOf(plain, rows, T);
  const double = sumsOf(simd, rows, T, "double");
  const single = sumsOf(simd, rows, T, "single");
  const moments = sumsOf(simd, rows, T, "moments");
  for (let r = 0; r < rows.rows; r++) {
    const at = (f: number) => `${fields[f]} of row ${what(r)}, ${rows.type}, T = ${T}`;
    for (const f of exactFields) {
      expect(double[r][f], at(f)).toBe(expected[r][f]);
      if (f !== labelRank) expect(single[r][f], at(f)).toBe(expected[r][f]);
    }
    // The twin adds one after another, which rounds each time.
    const tolerance = 1e-12 + rows.classes * 2 ** -53;
    for (const f of summedFields) {
      const size = Math.abs(expected[r][f]);
      // A weight of less than 2^−1022 may be 0 instead.
      expectNear(double[r][f], expected[r][f], tolerance * size + 1e-300, at(f));
    }
    expectNear(single[r][rest], expected[r][rest], 1e-6 * (1 + expected[r][rest]), at(rest));
    compareMoments(moments[r], expected[r], T, at);
  }
}

/** What "moments" says beside what it shares with "single". */
function compareMoments(
  actual: Float64Array,
  expected: Float64Array,
  T: number,
  at: (field: number) => string,
): void {
  const Z = 1 + expected[rest];
  expectNear(actual[rest], expected[rest], 1e-6 * Z, at(rest));
  for (const [f, unit] of [
    [first, T],
    [second, T * T],
  ]) {
    const scaled = expected[f] / unit;
    expectNear(actual[f] / unit, scaled, 2e-6 * (Z + Math.abs(scaled)), at(f));
  }
}

describe("a kernel's sums over rows", () => {
  it("are those of WebAssembly here", () => {
    expect(simd.name).toBe("simd");
    expect(plain.name).toBe("plain");
  });

  it.each([
    { classes: 1, rows: 3, count: 5 },
    { classes: 2, rows: 6, count: 12 },
    { classes: 3, rows: 6, count: 12 },
    { classes: 4, rows: 6, count: 12 },
    { classes: 5, rows: 6, count: 12 },
    { classes: 63, rows: 3, count: 12 },
    { classes: 1000, rows: 5, count: 12 },
    { classes: 1025, rows: 2, count: 12 },
    { classes: 151_936, rows: 1, count: 5 },
  ])(
    "agree with the twin's on adversarial rows of $classes classes",
    ({ classes, rows, count }) => {
      const { block, labels, kinds } = adversarial(rows, classes);
      for (const type of classes > 10_000 ? types.slice(0, 2) : types) {
        for (const T of temperatures(count)) {
          compare(rowsOf(type, classes, block, labels), T, r => `${r} (${kinds[r]})`);
        }
      }
    },
    120_000,
  );

  it("agree on any rows: masked, tied, broken, labelled or not", () => {
    const value = fc.oneof(
      { weight: 20, arbitrary: fc.float({ min: -50, max: 50, noNaN: true }) },
      { weight: 6, arbitrary: fc.constantFrom(-Infinity, 0, -0, 1, 6e4, -6e4) },
      { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity) },
    );
    const data = fc
      .integer({ min: 1, max: 21 })
      .chain(classes =>
        fc.tuple(
          fc.constant(classes),
          fc.array(
            fc.tuple(
              fc.array(value, { minLength: classes, maxLength: classes }),
              fc.integer({ min: -1, max: classes - 1 }),
            ),
            { minLength: 1, maxLength: 12 },
          ),
        ),
      );
    fc.assert(
      fc.property(data, temperature, fc.constantFrom(...types), ([classes, rows], T, type) => {
        const numbers = rows.flatMap(([z]) => z);
        const labels = rows.map(([, label]) => label);
        compare(rowsOf(type, classes, numbers, labels), T);
      }),
    );
  });

  it.each([0, 1e-200, 1e-7, 1e7, 1e200, Infinity])("are the twin's in the limits, T = %d", T => {
    const { block, labels } = adversarial(2, 10);
    for (const type of types) {
      const rows = rowsOf(type, 10, block, labels);
      for (const precision of ["single", "moments", "double"] as const) {
        const actual = sumsOf(simd, rows, T, precision);
        const told = precision === "double" ? fields.map((_, f) => f) : toldBySingle;
        sumsOf(plain, rows, T).forEach((expected, r) => {
          for (const f of told) {
            const number = expected[f];
            const close = Math.abs(actual[r][f] - number) <= 1e-12 * Math.abs(number) + 1e-300;
            if (!close) expect(actual[r][f], `${fields[f]} of ${r}`).toBe(number);
          }
        });
      }
    }
  });

  it("leave the room as it was", () => {
    const { block, labels } = adversarial(2, 7);
    for (const type of types) {
      const rows = rowsOf(type, 7, block, labels);
      for (const precision of ["single", "moments", "double"] as const) {
        sumsOf(simd, rows, 1, precision);
        expect(simd.room(rows.bytes.length)).toEqual(rows.bytes);
      }
    }
  });
});
