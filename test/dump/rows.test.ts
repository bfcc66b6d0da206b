import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Tensor } from "../../src/core";
import { readRows } from "../../src/dump/rows";
import { defaultSlicing, planRows, slicingFits, stridesOf } from "../../src/dump/slicing";

/** A tensor whose element at a multi-index is that element's C-order position. */
function countingTensor(shape: number[], fortranOrder: boolean): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const cStrides = stridesOf(shape, false);
  const strides = stridesOf(shape, fortranOrder);
  const storage = new Float64Array(size);
  for (let c = 0; c < size; c++) {
    const offset = shape.reduce(
      (sum, dim, a) => sum + (Math.floor(c / cStrides[a]) % dim) * strides[a],
      0,
    );
    storage[offset] = c;
  }
  return {
    dtype: "float64",
    shape,
    fortranOrder,
    read: (start, count) => {
      if (start < 0 || start + count > size) throw new Error("read outside the array");
      return Promise.resolve(storage.slice(start, start + count));
    },
  };
}

/** Every index of the free axes in C order, the class axis last: what rows should hold. */
function expectedRows(shape: number[], classAxis: number, at: (number | null)[]): number[] {
  const strides = stridesOf(shape, false);
  let offsets = [at.reduce<number>((sum, i, axis) => sum + (i ?? 0) * strides[axis], 0)];
  const axes = shape.map((_, axis) => axis).filter(axis => axis !== classAxis && at[axis] === null);
  for (const axis of [...axes, classAxis]) {
    offsets = offsets.flatMap(offset =>
      Array.from({ length: shape[axis] }, (_, i) => offset + i * strides[axis]),
    );
  }
  return offsets;
}

describe("rows of a sliced array", () => {
  it("are the same whatever the order in storage, the class axis and the slice", async () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    const property = fc.asyncProperty(
      shapes,
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      async (shape, fortran, random) => {
        const next = (n: number) => (random.next().value as number) % n;
        const classAxis = next(shape.length);
        const at = shape.map((size, axis) => (axis === classAxis || next(2) ? null : next(size)));
        const tensor = countingTensor(shape, fortran);
        const plan = planRows(shape, fortran, { classAxis, at });
        const expected = expectedRows(shape, classAxis, at);
        const first = next(plan.rows);
        const count = 1 + next(plan.rows - first);
        const rows = await readRows(tensor, plan, first, count);
        const k = plan.classes;
        expect([...rows]).toEqual(expected.slice(first * k, (first + count) * k));
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });

  it("reads the usual layouts with the last axis as classes and the one before as rows", () => {
    expect(defaultSlicing([10])).toEqual({ classAxis: 0, at: [null] });
    expect(defaultSlicing([5, 10])).toEqual({ classAxis: 1, at: [null, null] });
    expect(defaultSlicing([2, 3, 5, 10])).toEqual({ classAxis: 3, at: [0, 0, null, null] });
    expect(planRows([], false, defaultSlicing([]))).toMatchObject({ rows: 1, classes: 1 });
  });

  it("refuses a slicing that does not fit the shape", () => {
    expect(slicingFits({ classAxis: 1, at: [0, null] }, [2, 3])).toBe(true);
    expect(slicingFits({ classAxis: 1, at: [2, null] }, [2, 3])).toBe(false);
    expect(slicingFits({ classAxis: 0, at: [0, null] }, [2, 3])).toBe(false);
    expect(slicingFits({ classAxis: 2, at: [null, null, null] }, [2, 3])).toBe(false);
  });

  it("reads a far-apart row class by class, not the whole array", async () => {
    const shape = [50_000, 10];
    const reads: number[] = [];
    const tensor: Tensor = {
      dtype: "float32",
      shape,
      fortranOrder: true,
      read: (_, count) => {
        reads.push(count);
        return Promise.resolve(new Float32Array(count));
      },
    };
    await readRows(tensor, planRows(shape, true, defaultSlicing(shape)), 7, 1);
    expect(reads.reduce((a, b) => a + b)).toBe(10);
  });
});
