import type { AttentionMap } from "../../src/core";
import type { Pooling } from "../../src/protocol/attention";
import type { KeyPyramid } from "./keyPyramid";
import { leftOutStep, maskedStep, steps, stepsPerUnit, type ColorScale } from "./colorScale";

/** A part of a map, in blocks of cells: block (r, c) begins at cell (row + r·block, column + c·block); `row` and `column` are multiples of `block`. */
export interface Region {
  readonly row: number;
  readonly column: number;
  /** Blocks down and across. */
  readonly height: number;
  readonly width: number;
  /** Cells on the side of a block; 1 for each cell on its own. */
  readonly block: number;
}

/** A map at one temperature. */
export interface Weights {
  readonly map: AttentionMap;
  readonly pyramid: KeyPyramid;
  readonly temperature: number;
  /** ln Z of each query, of scores less their largest. */
  readonly logZ: Float64Array;
}

/** β = 1/T, never so large or small that 0·∞ comes up; further on no colour changes. */
function betaOf(T: number): number {
  return Math.min(1e30, Math.max(1e-30, 1 / T));
}

/**
 * Paints a region, a pixel a block. With u = gap·β + ln Z a weight is e^−u, so colours are looked up
 * by u and there is no exponential; also the largest of several weights is the smallest u.
 * @param pixels height × width of them, row-major
 */
export function paint(
  weights: Weights,
  scale: ColorScale,
  pooling: Pooling,
  region: Region,
  pixels: Uint32Array,
): void {
  if (region.block === 1) paintCells(weights, scale, region, pixels);
  else if (pooling === "max") paintLargest(weights, scale, region, pixels);
  else paintMeans(weights, scale, region, pixels);
}

function paintCells(
  { map, temperature, logZ }: Weights,
  { colors }: ColorScale,
  { row, column, height, width }: Region,
  pixels: Uint32Array,
): void {
  const { gap, keys, state } = map;
  const slope = betaOf(temperature) * stepsPerUnit;
  for (let r = 0; r < height; r++) {
    const to = r * width;
    if (state[row + r] !== 0) {
      pixels.fill(colors[leftOutStep], to, to + width);
      continue;
    }
    const start = logZ[row + r] * stepsPerUnit;
    const from = (row + r) * keys + column;
    for (let c = 0; c < width; c++) {
      const u = gap[from + c] * slope + start;
      // A number compared, not clamped: NaN can't be here, and ∞ is a mask.
      pixels[to + c] = colors[u < steps ? u | 0 : u === Infinity ? maskedStep : steps - 1];
    }
  }
}

function paintLargest(
  { map, pyramid, temperature, logZ }: Weights,
  { colors }: ColorScale,
  { row, column, height, width, block }: Region,
  pixels: Uint32Array,
): void {
  const { keys, queries, state } = map;
  const pooled = pyramid.least(block);
  const across = Math.ceil(keys / block);
  const slope = betaOf(temperature) * stepsPerUnit;
  const least = new Float64Array(width);
  for (let r = 0; r < height; r++) {
    least.fill(Infinity);
    let used = 0;
    const first = row + r * block;
    for (let i = first; i < Math.min(queries, first + block); i++) {
      if (state[i] !== 0) continue;
      used++;
      const start = logZ[i] * stepsPerUnit;
      const from = i * across + column / block;
      for (let c = 0; c < width; c++) {
        const u = pooled[from + c] * slope + start;
        if (u < least[c]) least[c] = u;
      }
    }
    for (let c = 0; c < width; c++) {
      const u = least[c];
      const step = u < steps ? u | 0 : u === Infinity ? maskedStep : steps - 1;
      pixels[r * width + c] = colors[used === 0 ? leftOutStep : step];
    }
  }
}

/** e^−u by steps of u, for sums of weights whose colour is all that is wanted. */
const weightOf = Float32Array.from({ length: steps + 1 }, (_, step) =>
  step < steps ? Math.exp(-(step + 0.5) / stepsPerUnit) : 0,
);

function paintMeans(
  { map, temperature, logZ }: Weights,
  { colors }: ColorScale,
  { row, column, height, width, block }: Region,
  pixels: Uint32Array,
): void {
  const { gap, keys, queries, state } = map;
  const slope = betaOf(temperature) * stepsPerUnit;
  const sums = new Float64Array(width);
  const seen = new Uint8Array(width);
  for (let r = 0; r < height; r++) {
    sums.fill(0);
    seen.fill(0);
    let used = 0;
    const first = row + r * block;
    for (let i = first; i < Math.min(queries, first + block); i++) {
      if (state[i] !== 0) continue;
      used++;
      const start = logZ[i] * stepsPerUnit;
      let at = i * keys + column;
      const last = (i + 1) * keys;
      for (let c = 0; c < width; c++) {
        const end = Math.min(last, at + block);
        let sum = 0;
        for (; at < end; at++) {
          const u = gap[at] * slope + start;
          sum += weightOf[u < steps ? u | 0 : steps];
          if (u < Infinity) seen[c] = 1;
        }
        sums[c] += sum;
      }
    }
    for (let c = 0; c < width; c++) {
      const cells = used * Math.min(block, keys - column - c * block);
      const u = -Math.log(sums[c] / cells) * stepsPerUnit;
      const step = u < steps ? Math.max(0, u) | 0 : steps - 1;
      pixels[r * width + c] = colors[used === 0 ? leftOutStep : seen[c] ? step : maskedStep];
    }
  }
}
