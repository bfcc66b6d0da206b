import { afterEach, describe, expect, it, vi } from "vitest";
import { createRowProfile, sumFields } from "../../../src/core";
import { createKernel, createPlainKernel } from "../../../src/core/kernel";
import { rowsOf, sumsOf } from "./support";

describe.each([createKernel, createPlainKernel])("the room of a kernel", create => {
  it("is as large as asked, aligned, and keeps its size", () => {
    const kernel = create();
    const large = kernel.room(100_003);
    expect(large.length).toBe(100_003);
    expect(large.byteOffset % 16).toBe(0);
    const small = kernel.room(10);
    expect(small.length).toBe(10);
    expect(small.buffer).toBe(large.buffer);
    expect(large.length).toBe(100_003); // still attached
  });

  it("grows, also beyond a row of a million", () => {
    const kernel = create();
    const classes = 1 << 20;
    const numbers = new Float32Array(classes);
    numbers[classes - 2] = 3;
    for (const type of ["float16", "float32", "float64"] as const) {
      const [sums] = sumsOf(kernel, rowsOf(type, classes, numbers, [classes - 1]), 1);
      expect(sums[0]).toBe(classes - 2);
      expect(Math.abs(sums[2] / ((classes - 1) * Math.exp(-3)) - 1)).toBeLessThan(1e-9);
      expect(sums[8]).toBe(classes - 1);
    }
  });

  it("stays valid through calls, whatever they need beside it", () => {
    const kernel = create();
    const rows = rowsOf(
      "float16",
      1000,
      Float64Array.from({ length: 5000 }, Math.sin),
      [0, 1, 2, 3, 4],
    );
    const room = kernel.room(rows.bytes.length);
    room.set(rows.bytes);
    kernel.sumRows(rows, 1, "single", new Float64Array(5 * sumFields));
    kernel.profileRows(rows, createRowProfile(5, 1000), 0);
    expect(room).toEqual(rows.bytes);
  });

  it("must hold the block, and what comes with it must fit", () => {
    const kernel = create();
    kernel.room(16);
    const rows = rowsOf("float32", 2, [1, 2, 3, 4], [0, 1]);
    const sums = new Float64Array(2 * sumFields);
    const sum = (changes: object, T = 1) =>
      kernel.sumRows({ ...rows, ...changes }, T, "double", sums);
    expect(() => sum({ type: "float64" })).toThrow("32 bytes does not fit into a room of 16");
    expect(() => sum({ labels: Int32Array.of(0) })).toThrow("too few");
    expect(() => sum({ labels: Int32Array.of(0, 2) })).toThrow("label 2");
    expect(() => sum({}, -1)).toThrow("temperature");
    expect(() => kernel.sumRows(rows, 1, "single", sums.subarray(1))).toThrow("too few");
    const profile = createRowProfile(2, 2);
    expect(() => kernel.profileRows(rows, profile, 1)).toThrow("Rows up to 3 do not fit into 2");
    expect(() => kernel.profileRows(rows, createRowProfile(2, 3), 0)).toThrow("Rows of 2 classes");
  });
});

describe("where WebAssembly can't be had", () => {
  afterEach(() => void vi.unstubAllGlobals());

  it("the plain kernel does the work", () => {
    vi.stubGlobal("WebAssembly", undefined);
    expect(createKernel().name).toBe("plain");
  });

  it("so it does where vectors are unknown and compiling fails", () => {
    function Module() {
      throw new Error("invalid opcode");
    }
    vi.stubGlobal("WebAssembly", { ...WebAssembly, Module });
    expect(createKernel().name).toBe("plain");
  });
});
