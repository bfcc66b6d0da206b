import { describe, expect, it } from "vitest";
import { steppedTemperature } from "../../webview/header/temperatureSteps";

function press(key: string, times: number, from: number): number {
  let T = from;
  for (let i = 0; i < times; i++) T = steppedTemperature(key, T) ?? NaN;
  return T;
}

describe("keys on the temperature slider", () => {
  it("double the temperature in sixteen small steps, exactly", () => {
    expect(press("ArrowRight", 16, 1)).toBe(2);
    expect(press("ArrowLeft", 16, 1)).toBe(0.5);
    expect(press("ArrowUp", 1, 1)).toBeCloseTo(2 ** (1 / 16), 12);
  });

  it("double it in two large steps", () => {
    expect(press("PageUp", 2, 1)).toBe(2);
    expect(press("PageDown", 2, 1)).toBe(0.5);
  });

  it("always move, from wherever a drag left off", () => {
    for (const T of [0.0501, 0.835, 1.02, 19.9]) {
      expect(press("ArrowRight", 1, T)).toBeGreaterThan(T);
      expect(press("ArrowLeft", 1, T)).toBeLessThan(T);
    }
  });

  it("stay between the ends, and come back from beyond them", () => {
    expect(press("PageUp", 20, 1)).toBe(20);
    expect(press("PageDown", 20, 1)).toBe(0.05);
    expect(press("ArrowRight", 1, 0)).toBe(0.05);
    expect(press("ArrowLeft", 1, Infinity)).toBe(20);
    expect(press("Home", 1, 7)).toBe(0.05);
    expect(press("End", 1, 7)).toBe(20);
  });

  it("leave all other keys alone", () => {
    expect(steppedTemperature("Tab", 1)).toBeNull();
    expect(steppedTemperature("constructor", 1)).toBeNull();
  });
});
