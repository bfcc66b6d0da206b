import { describe, expect, it } from "vitest";
import { blockSize, fit, niceStep, pan, reveal, zoom } from "../../../webview/attention/viewport";

const stage = { keys: 4096, queries: 4096, width: 512, height: 512 };

describe("what is in sight of a map", () => {
  it("is all of it, in cells that are square and not too large", () => {
    expect(fit(stage)).toEqual({ x: 0, y: 0, scale: 0.125 });
    expect(fit({ ...stage, keys: 8192 }).scale).toBe(0.0625);
    expect(fit({ ...stage, keys: 2, queries: 2 }).scale).toBe(48);
  });

  it("keeps the cell under the pointer when it is zoomed", () => {
    const view = zoom(fit(stage), stage, 4, 100, 300);
    expect(view.scale).toBe(0.5);
    expect(view.x + 100 / view.scale).toBeCloseTo(100 / 0.125, 9);
    expect(view.y + 300 / view.scale).toBeCloseTo(300 / 0.125, 9);
  });

  it("is never less than a few cells, nor more than the map", () => {
    expect(zoom(fit(stage), stage, 1e9, 0, 0).scale).toBe(48);
    expect(zoom(zoom(fit(stage), stage, 8, 500, 500), stage, 1e-9, 3, 3)).toEqual(fit(stage));
  });

  it("moves up to the edges", () => {
    const view = zoom(fit(stage), stage, 8, 256, 256);
    expect(pan(view, stage, -1, 0).x).toBe(view.x + 1);
    expect(pan(view, stage, 1e9, 1e9)).toMatchObject({ x: 0, y: 0 });
    expect(pan(view, stage, -1e9, -1e9)).toMatchObject({ x: 4096 - 512, y: 4096 - 512 });
  });

  it("follows the cross", () => {
    const view = { x: 100, y: 100, scale: 1 };
    expect(reveal(view, stage, 200, 300)).toEqual(view);
    expect(reveal(view, stage, 50, 700)).toEqual({ x: 189, y: 50, scale: 1 });
  });

  it("is painted in blocks no smaller than a pixel of the screen", () => {
    expect([2, 1, 0.9, 0.5, 0.125, 0.1].map(scale => blockSize(scale, 1))).toEqual([
      1, 1, 2, 2, 8, 16,
    ]);
    expect(blockSize(0.5, 2)).toBe(1);
  });

  it("has labels at round places", () => {
    expect([0.1, 1, 1.5, 3, 7, 11, 250].map(niceStep)).toEqual([1, 1, 2, 5, 10, 20, 500]);
  });
});
