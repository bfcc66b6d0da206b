import { describe, expect, it } from "vitest";
import { logPartitions, rowScores, softmax } from "../../../src/core";
import {
  colorScale,
  leftOutStep,
  maskedStep,
  positionOf,
} from "../../../webview/attention/colorScale";
import type { Pooling } from "../../../src/protocol/attention";
import { KeyPyramid } from "../../../webview/attention/keyPyramid";
import { paint, type Weights } from "../../../webview/attention/paint";
import { causalScores, mapOf } from "../../core/attention/maps";

/** A scale whose colours are their own steps of the linear ramp: what was painted can be read. */
const scale = {
  kind: "linear" as const,
  colors: Uint32Array.from(colorScale("linear", true).colors, (_, step) => step),
};

function weightsOf(rows: readonly number[][], temperature: number): Weights {
  const map = mapOf(rows);
  const logZ = logPartitions(map, temperature);
  return { map, pyramid: new KeyPyramid(map), temperature, logZ };
}

function painted(weights: Weights, block: number, pooling: Pooling = "max"): number[] {
  const { queries, keys } = weights.map;
  const [height, width] = [Math.ceil(queries / block), Math.ceil(keys / block)];
  const pixels = new Uint32Array(height * width);
  paint(weights, scale, pooling, { row: 0, column: 0, height, width, block }, pixels);
  return [...pixels].map(step => (step >= maskedStep ? step : Math.exp(-(step + 0.5) / 256)));
}

/** Within half a step of u, which is 0.2 %; what weighs less than e^−16 is all alike. */
function expectWeights(found: number[], expected: number[]): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    if (expected[i] >= maskedStep) expect(value).toBe(expected[i]);
    else expect(Math.abs(value - expected[i])).toBeLessThan(0.0021 * expected[i] + 2e-7);
  });
}

const rows = [...causalScores, [NaN, 0, 0, 0]];
const weightAt = (T: number) => (row: number[]) => {
  if (row.some(Number.isNaN)) return row.map(() => leftOutStep);
  const p = softmax(row, T);
  return row.map((v, j) => (v === -Infinity ? maskedStep : p[j]));
};

describe("painting", () => {
  it.each([0, 0.05, 0.7, 1, 20, Infinity])("has each cell's own weight at T = %d", T => {
    expectWeights(painted(weightsOf(rows, T), 1), rows.flatMap(weightAt(T)));
  });

  it("pools by the largest weight", () => {
    const found = painted(weightsOf(rows, 1), 2);
    const p = rows.map(weightAt(1));
    expectWeights(found, [
      1,
      maskedStep,
      Math.max(p[3][0], p[3][1], p[2][1], p[2][0]),
      Math.max(p[2][2], p[3][2], p[3][3]),
      leftOutStep,
      leftOutStep,
    ]);
  });

  it("pools by the mean, in which a masked key counts as 0", () => {
    const p = rows.slice(0, 4).map(row => softmax(row, 1));
    const mean = (...cells: number[]) => cells.reduce((sum, v) => sum + v, 0) / cells.length;
    const found = painted(weightsOf(rows, 1), 2, "mean");
    expectWeights(found.slice(0, 4), [
      mean(p[0][0], p[0][1], p[1][0], p[1][1]),
      maskedStep,
      mean(p[2][0], p[2][1], p[3][0], p[3][1]),
      mean(p[2][2], p[2][3], p[3][2], p[3][3]),
    ]);
    expect(found.slice(4)).toEqual([leftOutStep, leftOutStep]);
  });

  it("pools what is left at the ends of odd maps", () => {
    const weights = weightsOf(
      [
        [0, 0, Math.log(2)],
        [0, 0, 0],
        [0, 0, 0],
      ],
      1,
    );
    expectWeights(painted(weights, 2), [1 / 3, 0.5, 1 / 3, 1 / 3]);
    expectWeights(painted(weights, 2, "mean"), [
      (0.5 + 2 / 3) / 4,
      (0.5 + 1 / 3) / 2,
      1 / 3,
      1 / 3,
    ]);
    expectWeights(painted(weights, 4), [0.5]);
  });

  it("paints a part alone", () => {
    const pixels = new Uint32Array(2);
    const region = { row: 3, column: 1, height: 1, width: 2, block: 1 };
    paint(weightsOf(rows, 1), scale, "max", region, pixels);
    const map = mapOf(rows);
    const p = softmax(rowScores(map, 3), 1);
    expectWeights(
      [...pixels].map(step => Math.exp(-(step + 0.5) / 256)),
      [p[1], p[2]],
    );
  });

  it("puts no weight at the bottom of the scale, and all of it at the top", () => {
    expect(positionOf(0, "log")).toBe(0);
    expect(painted(weightsOf([[0, -1000]], 1), 1)[1]).toBeLessThan(1e-6);
  });
});
