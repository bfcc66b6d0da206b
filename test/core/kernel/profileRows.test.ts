import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createRowMeasures,
  createRowProfile,
  errorBound,
  evaluateRows,
  type RowProfile,
} from "../../../src/core";
import { randomStream, unit } from "../../../src/core/calibration/random";
import { createKernel, createPlainKernel, type BlockType } from "../../../src/core/kernel";
import { adversarial, direct, temperatures } from "../profile/support";
import { expectNear, profileOf, put, rowsOf, type Rows } from "./support";

const simd = createKernel();
const plain = createPlainKernel();
const types: readonly BlockType[] = ["float32", "float64", "float16", "bfloat16"];

const exact = [
  "state",
  "max",
  "argMax",
  "ties",
  "unmasked",
  "label",
  "labelGap",
  "labelRank",
] as const;

/** What float32 sums may be off by: see `Kernel.profileRows`. */
const planeTolerance = [5e-7, 1e-6, 1.5e-6];

function compare(rows: Rows): void {
  const actual = profileOf(simd, rows);
  const expected = profileOf(plain, rows);
  for (const name of exact) expect(actual[name], `${name}, ${rows.type}`).toEqual(expected[name]);
  compareGaps(actual, expected);
  comparePlanes(actual, expected);
}

function comparePlanes(actual: RowProfile, { planes, rows, state }: RowProfile): void {
  for (let p = 0; p < 72; p++) {
    const moment = p % 3;
    for (let r = 0; r < rows; r++) {
      const at = p * rows + r;
      if (state[r] !== 0) {
        expect(actual.planes[at]).toBeNaN();
        continue;
      }
      const scale = moment === 0 ? planes[at] : planes[(p - moment) * rows + r] + planes[at];
      const error = Math.abs(actual.planes[at] - planes[at]) / scale;
      if (!(error <= planeTolerance[moment])) {
        expect.fail(`S${moment} of row ${r} on node ${(p - moment) / 3} is off by ${error}`);
      }
    }
  }
}

/** Relative to what the variance is the difference of. */
function compareGaps(actual: RowProfile, expected: RowProfile): void {
  const tolerance = 1e-12 + expected.classes * 2 ** -53;
  for (let r = 0; r < expected.rows; r++) {
    if (expected.state[r] !== 0) continue;
    const mean = expected.meanGap[r];
    const square = expected.gapVariance[r] + mean * mean;
    expect(Math.abs(actual.meanGap[r] - mean)).toBeLessThanOrEqual(tolerance * mean);
    const error = Math.abs(actual.gapVariance[r] - expected.gapVariance[r]);
    expect(error).toBeLessThanOrEqual(3 * tolerance * square);
  }
}

describe("a kernel's profile", () => {
  it.each([
    { classes: 1, count: 3 },
    { classes: 2, count: 9 },
    { classes: 3, count: 9 },
    { classes: 5, count: 9 },
    { classes: 67, count: 9 },
    { classes: 1000, count: 7 },
    { classes: 2049, count: 4 },
    { classes: 151_936, count: 1 },
  ])("agrees with the twin's on adversarial rows of $classes classes", ({ classes, count }) => {
    const { block, labels } = adversarial(count, classes);
    for (const type of classes > 10_000 ? types.slice(0, 2) : types) {
      compare(rowsOf(type, classes, block, labels));
    }
  });

  it("agrees on any rows: masked, tied, broken, labelled or not", () => {
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
      fc.property(data, fc.constantFrom(...types), ([classes, rows], type) => {
        const numbers = rows.flatMap(([z]) => z);
        const labels = rows.map(([, label]) => label);
        compare(rowsOf(type, classes, numbers, labels));
      }),
    );
  });

  it.each([
    { classes: 2, count: 50 },
    { classes: 10, count: 50 },
    { classes: 1000, count: 50 },
    { classes: 1025, count: 50 },
    { classes: 151_936, count: 6 },
  ])(
    "gives metrics of $classes classes within the bound and what float32 adds to it",
    ({ classes, count }) => {
      const data = adversarial(classes > 10_000 ? 1 : 4, classes);
      const profile = profileOf(simd, rowsOf("float64", classes, data.block, data.labels));
      const bound = errorBound(classes);
      const actual = createRowMeasures(data.labels.length);
      for (const T of temperatures(count)) {
        evaluateRows(profile, T, actual);
        const expected = direct(data, T);
        for (let r = 0; r < data.labels.length; r++) {
          const at = (name: string) => `${name} of ${data.kinds[r]} at T = ${T}`;
          const ratio = actual.confidence[r] / expected.confidence[r];
          expectNear(ratio, 1, bound.logZ + 5e-7, at("confidence"));
          expectNear(actual.nll[r], expected.nll[r], bound.logZ + 5e-7, at("nll"));
          expectNear(actual.entropy[r], expected.entropy[r], bound.entropy + 5e-6, at("entropy"));
          expectNear(actual.brier[r], expected.brier[r], 1e-6, at("brier"));
        }
      }
    },
    60_000,
  );

  it("errs to neither side, so that means over many rows are more exact than a row", () => {
    const [count, classes] = [4000, 50];
    const random = randomStream(7);
    const z = Float64Array.from({ length: count * classes }, () => 20 * random() * unit);
    const rows = rowsOf("float32", classes, z, new Int32Array(count).fill(-1));
    const actual = profileOf(simd, rows).planes;
    const expected = profileOf(plain, rows).planes;
    for (let p = 0; p < 3 * 16; p++) {
      let sum = 0;
      for (let at = p * count; at < (p + 1) * count; at++) sum += actual[at] / expected[at] - 1;
      expectNear(sum / count, 0, 1e-8, `S${p % 3} on node ${Math.floor(p / 3)}`);
    }
  });

  it("gives m equal maxima exactly 1/m", () => {
    const ties = [1, 2, 3, 5, 10];
    const block = Float64Array.from({ length: 50 }, (_, e) =>
      e % 10 < ties[Math.floor(e / 10)] ? 4 : -2000,
    );
    const profile = profileOf(simd, rowsOf("float32", 10, block, [0, 1, 2, 3, 4]));
    const out = createRowMeasures(5);
    for (const T of temperatures(50)) {
      evaluateRows(profile, T, out);
      expect([...out.confidence]).toEqual(ties.map(m => 1 / m));
    }
  });

  it("goes by blocks in any order, of more rows than a batch", () => {
    const { block, labels } = adversarial(17, 5); // 204 rows
    const whole = profileOf(simd, rowsOf("float32", 5, block, labels));
    const profile = createRowProfile(labels.length, 5);
    for (const [from, to] of [
      [150, 204],
      [0, 1],
      [1, 150],
    ]) {
      const part = rowsOf("float32", 5, block.subarray(5 * from, 5 * to), labels.slice(from, to));
      put(simd, part);
      simd.profileRows(part, profile, from);
    }
    expect(profile).toEqual(whole);
  });

  it.each([simd, plain])("may lie on shared memory: $name", kernel => {
    const rows = rowsOf("float64", 3, [1, 2, 3, 4, 4, NaN, 6, -Infinity, 5], [0, -1, 2]);
    const own = profileOf(kernel, rows);
    const shared = Object.fromEntries(
      Object.entries(createRowProfile(3, 3)).map(([name, value]) => [name, onShared(value)]),
    ) as unknown as RowProfile;
    kernel.profileRows(rows, shared, 0);
    expect(shared.planes.buffer).toBeInstanceOf(SharedArrayBuffer);
    for (const [name, value] of Object.entries(own)) {
      expect(numbersIn(shared[name as keyof RowProfile]), name).toEqual(numbersIn(value));
    }
  });
});

function onShared(value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  const shared = new Uint8Array(new SharedArrayBuffer(value.byteLength));
  shared.set(new Uint8Array(value.buffer));
  const View = value.constructor as new (buffer: SharedArrayBuffer) => unknown;
  return new View(shared.buffer);
}

function numbersIn(value: unknown): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
}
