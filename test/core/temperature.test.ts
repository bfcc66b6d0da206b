import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  maxTemperature,
  minTemperature,
  parseTemperature,
  positionToTemperature,
  snapTemperature,
  temperatureToPosition,
} from "../../src/core";
import { expectClose, temperature } from "./support";

describe("a temperature as text", () => {
  it.each([
    ["0.5", 0.5],
    ["0,5", 0.5],
    ["0,125", 0.125],
    [".5", 0.5],
    ["5.", 5],
    ["+2", 2],
    ["1e-3", 1e-3],
    ["2,5E1", 25],
    ["1/2", 0.5],
    [" 1 / 2 ", 0.5],
    ["0.5/0.25", 2],
    ["½", 0.5],
    ["¾", 0.75],
    ["⅛", 0.125],
    ["１．５", 1.5],
    ["0", 0],
    ["-0", 0],
    ["0/3", 0],
    ["inf", Infinity],
    ["Inf", Infinity],
    ["∞", Infinity],
    ["+∞", Infinity],
    ["Infinity", Infinity],
  ])("“%s” is %s", (text, value) => {
    expect(parseTemperature(text)).toBe(value);
  });

  it.each([
    ["", "Enter a temperature"],
    ["  ", "Enter a temperature"],
    ["warm", "“warm” is not a temperature"],
    ["NaN", "not a temperature"],
    ["1 2", "not a temperature"],
    ["1½", "not a temperature"],
    ["0x10", "not a temperature"],
    ["1/0", "not a temperature"],
    ["1/∞", "not a temperature"],
    ["1/2/3", "not a temperature"],
    ["/2", "not a temperature"],
    ["1,2,3", "not a temperature"],
    ["1.5,2", "not a temperature"],
    ["1,000", "two ways"],
    ["-1", "cannot be negative"],
    ["−1", "cannot be negative"],
    ["-inf", "cannot be negative"],
    ["-1/2", "cannot be negative"],
  ])("“%s” is refused: %s", (text, words) => {
    expect(parseTemperature(text)).toContain(words);
  });

  it("reads back what a number prints as", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true }), T => {
        expect(parseTemperature(String(T))).toBe(T + 0);
      }),
    );
  });

  it("answers any text with a temperature or a sentence", () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const answer = parseTemperature(text);
        expect(typeof answer === "string" ? /\.$/.test(answer) : answer >= 0).toBe(true);
      }),
    );
  });
});

describe("a temperature on the slider", () => {
  it.each([0.05, 0.5, 1, 2, 20])("%s returns from its place", T => {
    expectClose(positionToTemperature(temperatureToPosition(T)), T, 1e-12);
  });

  it("has its ends and its middle where they are expected", () => {
    expect(temperatureToPosition(minTemperature)).toBe(0);
    expect(temperatureToPosition(maxTemperature)).toBe(1);
    expect(temperatureToPosition(1)).toBe(0.5);
    expect(positionToTemperature(0.5)).toBe(1);
  });

  it("stops at its ends", () => {
    expect([0, 0.01, 30, Infinity].map(temperatureToPosition)).toEqual([0, 0, 1, 1]);
    expect([-1, 0, 1, 1.5].map(positionToTemperature)).toEqual([0.05, 0.05, 20, 20]);
  });

  it("returns from anywhere, and rises", () => {
    fc.assert(
      fc.property(temperature, temperature, (a, b) => {
        expectClose(positionToTemperature(temperatureToPosition(a)) / a, 1);
        if (a < b) expect(temperatureToPosition(a)).toBeLessThanOrEqual(temperatureToPosition(b));
      }),
    );
  });

  it("refuses what is no temperature", () => {
    expect(() => temperatureToPosition(-1)).toThrow(RangeError);
    expect(() => temperatureToPosition(NaN)).toThrow(RangeError);
  });

  it("catches a drag near a preset and rounds it elsewhere", () => {
    expect([0.499, 0.505, 1.01, 1.97].map(snapTemperature)).toEqual([0.5, 0.5, 1, 2]);
    expect([0.61234, 1.23456, 12.3456].map(snapTemperature)).toEqual([0.612, 1.23, 12.3]);
    expect([0, 0.05, 20, Infinity].map(snapTemperature)).toEqual([0, 0.05, 20, Infinity]);
  });
});
