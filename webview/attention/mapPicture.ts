import type { Pooling } from "../../src/protocol/attention";
import type { Theme } from "../theme";
import { paint, type Region, type Weights } from "./paint";
import { blockSize, type Stage, type Viewport } from "./viewport";
import type { ColorScale } from "./colorScale";

/** The cells of a map in sight as a picture of one pixel a block, drawn larger by whoever shows it. */
export class MapPicture {
  readonly canvas = document.createElement("canvas");
  private painted: readonly unknown[] = [];
  /** A pixel a block, as 32 bits each. */
  pixels = new Uint32Array();
  private region: Region = { row: 0, column: 0, height: 0, width: 0, block: 1 };

  /** Paints what is in sight, unless it is painted already. */
  show(
    weights: Weights,
    scale: ColorScale,
    pooling: Pooling,
    view: Viewport,
    stage: Stage,
    ratio: number,
  ): void {
    const region = regionOf(view, stage, blockSize(view.scale, ratio));
    const wanted = [weights, scale, pooling, ...Object.values(region)];
    if (wanted.every((part, i) => Object.is(part, this.painted[i]))) return;
    this.painted = wanted;
    this.region = region;
    const { canvas } = this;
    canvas.width = region.width;
    canvas.height = region.height;
    const pen = canvas.getContext("2d");
    if (!pen || region.width * region.height === 0) return;
    const image = pen.createImageData(region.width, region.height);
    this.pixels = new Uint32Array(image.data.buffer);
    paint(weights, scale, pooling, region, this.pixels);
    pen.putImageData(image, 0, 0);
  }

  /** Draws it where it belongs on the stage, whose corner is at (left, top). */
  draw(pen: CanvasRenderingContext2D, view: Viewport, left: number, top: number): void {
    const { height, width } = this.region;
    const { x, y, side } = this.placeOn(view);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.canvas, left + x, top + y, width * side, height * side);
  }

  /** Where its corner lies on the stage, and the side of a pixel of it. */
  placeOn(view: Viewport): { x: number; y: number; side: number } {
    const { row, column, block } = this.region;
    return {
      x: (column - view.x) * view.scale,
      y: (row - view.y) * view.scale,
      side: block * view.scale,
    };
  }
}

/** The blocks that are at least partly in sight. */
function regionOf(view: Viewport, stage: Stage, block: number): Region {
  const span = (from: number, pixels: number, cells: number): [first: number, count: number] => {
    const first = Math.floor(from / block);
    const last = Math.ceil(Math.min(cells, from + pixels / view.scale) / block);
    return [first * block, Math.max(0, last - first)];
  };
  const [row, height] = span(view.y, stage.height, stage.queries);
  const [column, width] = span(view.x, stage.width, stage.keys);
  return { row, column, height, width, block };
}

/** Lines across the picture where the cursor is, and a frame about the chosen query. */
export function drawMarks(
  pen: CanvasRenderingContext2D,
  view: Viewport,
  stage: Stage,
  [left, top]: readonly [number, number],
  theme: Theme,
  { query, cursor }: { query: number; cursor: readonly [number, number] | null },
): void {
  const { scale } = view;
  const side = Math.max(2, scale);
  const x = (key: number) => left + (key - view.x) * scale;
  const y = (row: number) => top + (row - view.y) * scale;
  const width = Math.min(stage.width, (stage.keys - view.x) * scale);
  const height = Math.min(stage.height, (stage.queries - view.y) * scale);
  pen.save();
  pen.beginPath();
  pen.rect(left - 2, top - 2, width + 4, height + 4);
  pen.clip();
  twoTone(pen, theme, () => pen.rect(left, y(query), width, side));
  if (cursor) {
    const [row, key] = cursor;
    twoTone(pen, theme, () => {
      pen.rect(x(key), top - 2, side, height + 4);
      pen.rect(left - 2, y(row), width + 4, side);
    });
  }
  pen.restore();
}

/** A line that is seen on any colour: dark and light beside each other. */
function twoTone(pen: CanvasRenderingContext2D, theme: Theme, path: () => void): void {
  for (const [color, width] of [
    [theme.background, 3],
    [theme.foreground, 1],
  ] as const) {
    pen.beginPath();
    path();
    pen.strokeStyle = color;
    pen.lineWidth = width;
    pen.stroke();
  }
}
