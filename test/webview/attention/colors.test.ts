import { describe, expect, it } from "vitest";
import {
  colorScale,
  legendColors,
  logFloor,
  maskedStep,
  positionOf,
  steps,
  stepsPerUnit,
} from "../../../webview/attention/colorScale";
import { distance, fromLch, toBytes } from "../../../webview/attention/oklab";
import { ramp } from "../../../webview/attention/ramp";

describe("OKLab", () => {
  /** By the author's own table of sRGB primaries. */
  it.each([
    [
      [1, 0, 0],
      [255, 255, 255],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
    [
      [0.62796, 0.22486, 0.12585],
      [255, 0, 0],
    ],
    [
      [0.86644, -0.23389, 0.1795],
      [0, 255, 0],
    ],
    [
      [0.45201, -0.03246, -0.31153],
      [0, 0, 255],
    ],
  ] as const)("%j is %j on a screen", (lab, bytes) => {
    toBytes([...lab]).forEach((byte, c) =>
      expect(Math.abs(byte - bytes[c])).toBeLessThanOrEqual(1),
    );
  });

  it("has grey where there is no chroma", () => {
    const [red, green, blue] = toBytes(fromLch(0.5, 0, 123));
    expect([green, blue]).toEqual([red, red]);
  });
});

describe.each([true, false])("the ramp (on a dark page: %s)", onDark => {
  const colors = ramp(64, onDark);

  it("goes in steps that look alike", () => {
    const gaps = colors.slice(1).map((color, i) => distance(color, colors[i]));
    expect(Math.max(...gaps) / Math.min(...gaps)).toBeLessThan(1.1);
  });

  it("only gets lighter, or only darker, so that it can be read without colour", () => {
    const sign = onDark ? 1 : -1;
    colors.slice(1).forEach(([L], i) => expect(sign * (L - colors[i][0])).toBeGreaterThan(0));
    expect(Math.abs(colors[63][0] - colors[0][0])).toBeGreaterThan(0.65);
  });
});

describe("a scale", () => {
  it("lays weights from 0 to 1, or by their logarithm from its floor", () => {
    expect([0, 0.5, 1].map(w => positionOf(w, "linear"))).toEqual([0, 0.5, 1]);
    expect([0, logFloor, 0.01, 1].map(w => positionOf(w, "log"))).toEqual([0, 0, 0.5, 1]);
  });

  it("has the last colour of the ramp for all of the weight, and none for masked keys", () => {
    const { colors } = colorScale("linear", true);
    const [red, green, blue] = toBytes(ramp(256, true)[255]);
    expect(colors[0]).toBe(((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0);
    expect(colors[maskedStep]).toBe(0);
  });

  it.each(["linear", "log"] as const)("%s has a legend in the colours of its weights", kind => {
    const scale = colorScale(kind, false);
    const legend = legendColors(scale, 3);
    const middle = kind === "linear" ? 0.5 : 0.01;
    expect(legend[2]).toBe(scale.colors[0]);
    expect(legend[1]).toBe(scale.colors[Math.floor(-Math.log(middle) * stepsPerUnit)]);
    expect(legend[0]).toBe(
      scale.colors[kind === "linear" ? steps - 1 : Math.floor(-Math.log(logFloor) * stepsPerUnit)],
    );
  });
});
