import { describe, expect, it } from "vitest";
import { logPartitions, softmax } from "../../../src/core";
import { headLines, sortHeads } from "../../../webview/attention/headLines";
import { KeyPyramid } from "../../../webview/attention/keyPyramid";
import { mapCsv } from "../../../webview/attention/mapCsv";
import { svgOf } from "../../../webview/attention/mapSvg";
import { tokenText } from "../../../webview/attention/words";
import { mapOf } from "../../core/attention/maps";

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("a map as CSV", () => {
  it("has a line a query, at full precision, and nothing for one without a distribution", () => {
    const map = mapOf([
      [1, 0],
      [NaN, 0],
    ]);
    const weights = {
      map,
      pyramid: new KeyPyramid(map),
      temperature: 1,
      logZ: logPartitions(map, 1),
    };
    const lines = textOf(mapCsv(weights, ["=a", 'b"'], ["x,y", "z"])).split("\n");
    expect(lines[0]).toBe('query,"x,y",z');
    expect(lines[1].split(",")[0]).toBe("'=a");
    expect(lines[1].split(",").slice(1).map(Number)).toEqual([...softmax([1, 0], 1)]);
    expect(lines[2]).toBe('"b""",,');
  });
});

describe("a map as SVG", () => {
  const svg = textOf(
    svgOf({
      title: "<b> & \u0001",
      width: 100,
      height: 50,
      background: "#000",
      foreground: "#fff",
      fontFamily: '"Segoe UI"',
      pixels: Uint32Array.of(0xff0000ff, 0xff0000ff, 0, 0xff00ff00),
      columns: 2,
      pixel: { x: 10, y: 10, side: 5 },
      clip: { x: 10, y: 10, width: 10, height: 10 },
      texts: [{ x: 1, y: 2, text: "</svg>" }],
    }),
  );

  it("draws neighbours of one colour as one, and what is clear not at all", () => {
    expect(svg.match(/<path [^>]*>/g)).toEqual([
      '<path fill="#ff0000" d="M0 0h2v1h-2z"/>',
      '<path fill="#00ff00" d="M1 1h1v1h-1z"/>',
    ]);
  });

  it("has texts as texts, never as markup", () => {
    expect(svg).toContain("<title>&lt;b&gt; &amp; \uFFFD</title>");
    expect(svg).toContain("&lt;/svg&gt;</text>");
    expect(svg).toContain("&quot;Segoe UI&quot;");
  });
});

describe("heads in a table", () => {
  const lines = headLines(
    Float64Array.of(1, 2, 3, 4, 5, 6, NaN, 2, 3, 4, 5, 6, 0, 2, 3, 4, 5, 6),
    2,
    "bits",
  );
  const heads = (column: number, descending: boolean) =>
    sortHeads(lines, { column, descending }).map(({ layer, head }) => `${layer}.${head}`);

  it("count layers and heads, with the entropy in the unit of the setting", () => {
    expect(lines.map(({ layer, head }) => [layer, head])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
    expect(lines[0].values[0]).toBeCloseTo(1 / Math.LN2, 12);
  });

  it("are sorted both ways, those without a number last", () => {
    expect(heads(0, true)).toEqual(["0.0", "1.0", "0.1"]);
    expect(heads(0, false)).toEqual(["1.0", "0.0", "0.1"]);
    expect(heads(1, true)).toEqual(["0.0", "0.1", "1.0"]);
    expect(heads(-1, true)).toEqual(["1.0", "0.1", "0.0"]);
  });
});

describe("a token on a line", () => {
  it("shows its blanks", () => {
    expect([" a b ", "\n", "\t", "x"].map(tokenText)).toEqual(["·a b·", "↵", "⇥", "x"]);
    expect(tokenText("x".repeat(1e6)).length).toBeLessThan(100);
  });
});
