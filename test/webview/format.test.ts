import { describe, expect, it } from "vitest";
import { parseTemperature } from "../../src/core";
import { count, figure, percent, shapeText, shorten, temperatureText } from "../../webview/format";

describe("numbers for reading", () => {
  it("have six significant digits", () => {
    expect(figure(0.5745)).toBe("0.574500");
    expect(figure(-4.573187)).toBe("-4.57319");
    expect(figure(0.00001234567)).toBe("1.23457e-5");
    expect(figure(1234567)).toBe("1.23457e+6");
  });

  it("name what is no number", () => {
    expect([0, Infinity, -Infinity, NaN].map(figure)).toEqual(["0", "∞", "-∞", "NaN"]);
  });

  it("never say 0 % or 100 % of what is not", () => {
    expect([0, 1e-9, 0.1282, 0.99999, 1].map(percent)).toEqual([
      "0 %",
      "<0.01 %",
      "12.8 %",
      ">99.9 %",
      "100 %",
    ]);
  });

  it("have their thousands apart", () => {
    expect(count(151936)).toBe("151,936");
    expect(shapeText([50000, 1000])).toBe("50,000 × 1,000");
    expect(shapeText([])).toBe("scalar");
  });
});

describe("a temperature in its field", () => {
  it("is what the parser reads back", () => {
    for (const T of [0, 0.05, 0.5, 1, 2 ** (1 / 16), 20, 1e-7, 1e21, Infinity]) {
      const back = parseTemperature(temperatureText(T));
      expect(back === T || Math.abs((back as number) / T - 1) < 1e-5).toBe(true);
    }
  });
});

describe("a long name", () => {
  it("is cut in the middle to the given length", () => {
    expect(shorten("short", 5)).toBe("short");
    const cut = shorten("a name that is far too long, number 7", 12);
    expect(cut).toHaveLength(12);
    expect(cut).toMatch(/^a name t….*7$/);
  });
});
