import type { AttentionHeads } from "../../src/protocol/attention";
import type { Theme } from "../theme";
import { figure } from "../format";
import {
  leftOutStep,
  legendColors,
  maskedStep,
  steps,
  stepsPerUnit,
  type ColorScale,
} from "./colorScale";
import type { HeadLine } from "./headLines";

/** What the tiles show: small maps, or a measure by its place in `measureTexts`. */
export type Tiles = "maps" | number;

/** Tiles and where they lie: heads across, layers down. */
export interface Grid {
  readonly layers: number;
  readonly heads: number;
  /** Pixels of a tile, in the proportions of the maps. */
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

const largestTile = 112;

/** Shades of a measure from its least to its largest. */
const shades = 256;

/** Pixels between two tiles. */
const gap = 3;

/**
 * The largest tiles that fit, in whole pixels.
 * @param room pixels across
 * @param map the size of a small map
 */
export function gridOf(
  layers: number,
  heads: number,
  room: number,
  map: readonly [height: number, width: number],
): Grid {
  const [left, top] = [30, 20];
  const longest = Math.max(6, Math.min(largestTile, Math.floor((room - left) / heads) - gap));
  const side = (length: number) => Math.max(6, Math.round((longest * length) / Math.max(...map)));
  return { layers, heads, height: side(map[0]), width: side(map[1]), left, top };
}

/** The pixels that a grid takes. */
export function gridSize({ layers, heads, width, height, left, top }: Grid) {
  return { width: left + heads * (width + gap), height: top + layers * (height + gap) };
}

/** The tile at a point, as a number of its head; −1 where there is none. */
export function tileAt(grid: Grid, x: number, y: number): number {
  const column = Math.floor((x - grid.left) / (grid.width + gap));
  const row = Math.floor((y - grid.top) / (grid.height + gap));
  const isIn = column >= 0 && row >= 0 && column < grid.heads && row < grid.layers;
  return isIn ? row * grid.heads + column : -1;
}

/** Draws all tiles, with the numbers of layers and heads beside and above them. */
export function drawHeads(
  pen: CanvasRenderingContext2D,
  theme: Theme,
  grid: Grid,
  scale: ColorScale,
  { heads, lines, tiles }: { heads: AttentionHeads; lines: readonly HeadLine[]; tiles: Tiles },
): void {
  const [height, width] = heads.miniatureSize;
  const colorsOf = tiles === "maps" ? null : measureColors(lines, tiles, scale);
  const small = document.createElement("canvas");
  small.width = width;
  small.height = height;
  pen.imageSmoothingEnabled = false;
  lines.forEach((line, at) => {
    const [x, y] = cornerOf(grid, at);
    if (colorsOf && tiles !== "maps") drawNumber(pen, grid, x, y, colorsOf(at), line.values[tiles]);
    else {
      putMap(
        small,
        heads.miniatures.subarray(at * width * height, (at + 1) * width * height),
        scale,
      );
      pen.drawImage(small, x, y, grid.width, grid.height);
      pen.strokeStyle = theme.contrastBorder || theme.grid;
      pen.lineWidth = 1;
      pen.strokeRect(x - 0.5, y - 0.5, grid.width + 1, grid.height + 1);
    }
  });
  drawNumbers(pen, theme, grid);
}

/** A frame about one tile, in two tones that are seen on any colour. */
export function drawFrame(
  pen: CanvasRenderingContext2D,
  theme: Theme,
  grid: Grid,
  at: number,
  width: number,
): void {
  const [x, y] = cornerOf(grid, at);
  for (const [color, line] of [
    [theme.background, width + 2],
    [theme.foreground, width],
  ] as const) {
    pen.strokeStyle = color;
    pen.lineWidth = line;
    pen.strokeRect(x - 1, y - 1, grid.width + 2, grid.height + 2);
  }
}

function cornerOf({ heads, width, height, left, top }: Grid, at: number): [number, number] {
  return [left + (at % heads) * (width + gap), top + Math.floor(at / heads) * (height + gap)];
}

function putMap(canvas: HTMLCanvasElement, weights: Float32Array, { colors }: ColorScale): void {
  const pen = canvas.getContext("2d")!;
  const image = pen.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  weights.forEach((weight, i) => (pixels[i] = colors[stepOf(weight)]));
  pen.putImageData(image, 0, 0);
}

function stepOf(weight: number): number {
  if (Number.isNaN(weight)) return leftOutStep;
  if (weight === 0) return maskedStep;
  return Math.min(steps - 1, Math.max(0, Math.floor(-Math.log(weight) * stepsPerUnit)));
}

/** Colours of a measure from its least to its largest among the heads. */
function measureColors(
  lines: readonly HeadLine[],
  column: number,
  scale: ColorScale,
): (at: number) => number {
  const colors = legendColors(scale, shades);
  const values = lines.map(line => line.values[column]).filter(v => !Number.isNaN(v));
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  return at => {
    const value = lines[at].values[column];
    if (Number.isNaN(value)) return scale.colors[leftOutStep];
    return colors[Math.round((span > 0 ? (value - low) / span : 0.5) * (shades - 1))];
  };
}

function drawNumber(
  pen: CanvasRenderingContext2D,
  { width, height }: Grid,
  x: number,
  y: number,
  pixel: number,
  value: number,
): void {
  const [red, green, blue] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  pen.fillStyle = `rgb(${red}, ${green}, ${blue})`;
  pen.fillRect(x, y, width, height);
  if (width < 34 || height < 14) return;
  // By the relative luminance at which black and white read equally well.
  const linear = [red, green, blue].map(v => (v / 255) ** 2.2);
  const isLight = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.18;
  pen.fillStyle = isLight ? "#000" : "#fff";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(Number.isNaN(value) ? "–" : shortFigure(value), x + width / 2, y + height / 2);
}

/** Three digits: what fits into a tile. */
function shortFigure(value: number): string {
  return Math.abs(value) < 0.001
    ? value === 0
      ? "0"
      : figure(value).replace(/\.\d+/, "")
    : String(Number(value.toPrecision(3)));
}

function drawNumbers(pen: CanvasRenderingContext2D, theme: Theme, grid: Grid): void {
  const { layers, heads, width, height, left, top } = grid;
  const every = (side: number) => Math.ceil(14 / (side + gap));
  pen.fillStyle = theme.muted;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (let layer = 0; layer < layers; layer += every(height)) {
    pen.fillText(String(layer), left - 6, top + layer * (height + gap) + height / 2);
  }
  pen.textAlign = "center";
  for (let head = 0; head < heads; head += every(width)) {
    pen.fillText(String(head), left + head * (width + gap) + width / 2, top - 10);
  }
}
