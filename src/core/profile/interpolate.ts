import { momentCount } from "./grid";
import type { Reading } from "./hermite";
import type { RowProfile } from "./rowProfile";

/** Rows evaluated at a time, so that their part of a window's planes stays in the cache. */
export const tileRows = 512;

/** Planes that are read in one go: those of two nodes. A window has an even number of nodes. */
const stride = 2 * momentCount;

/**
 * The numbers of the tile that was interpolated last, one element a row; overwritten by the next.
 * They are always the same arrays, as the compiler knows those so much better that all takes a
 * quarter less time.
 */
export const first = new Float64Array(tileRows);
export const second = new Float64Array(tileRows);
export const third = new Float64Array(tileRows);

/** What is done with a tile: `count` rows from row `from` on. */
type Use = (from: number, count: number) => void;

/**
 * Reads three numbers of each row, tile by tile, and calls `use` after each, with the numbers in
 * `first`, `second` and `third`. Planes that readings have in common are read once.
 * @param a and `b` over the same planes
 * @param c over the same planes, or later ones
 */
export function interpolate(
  { planes, rows }: RowProfile,
  [a, b, c]: readonly [Reading, Reading, Reading],
  use: Use,
): void {
  const length = a.weights.length;
  const lag = c.firstPlane - a.firstPlane;
  // At the end of the grid windows can be an odd number of nodes apart, and share nothing then.
  const common = lag % stride === 0 ? Math.max(0, length - lag) : 0;
  const fill = (from: number, count: number) => {
    first.fill(0, 0, count);
    second.fill(0, 0, count);
    third.fill(0, 0, count);
    for (let p = 0; p < length; p += stride) {
      const at = (a.firstPlane + p) * rows + from;
      const shared = p - (length - common);
      if (shared < 0) addTwo(planes, at, rows, count, a.weights, b.weights, p);
      else addThree(planes, at, rows, count, a.weights, b.weights, p, c.weights, shared);
    }
    for (let p = common; p < length; p += stride) {
      addThird(planes, (c.firstPlane + p) * rows + from, rows, count, c.weights, p);
    }
  };
  eachTile(rows, fill, use);
}

/** The same for one number of each row, which stands in `third`. */
export function interpolateOne(
  { planes, rows }: RowProfile,
  { firstPlane, weights }: Reading,
  use: Use,
): void {
  const fill = (from: number, count: number) => {
    setThird(planes, firstPlane * rows + from, rows, count, weights);
    for (let p = 2 * stride; p < weights.length; p += stride) {
      addThird(planes, (firstPlane + p) * rows + from, rows, count, weights, p);
    }
  };
  eachTile(rows, fill, use);
}

function eachTile(rows: number, fill: Use, use: Use): void {
  for (let from = 0; from < rows; from += tileRows) {
    const count = Math.min(tileRows, rows - from);
    fill(from, count);
    use(from, count);
  }
}

// The same sum for two readings, for three and for the third alone, from the weights at `p` on or
// from the first: written out, as each number of a plane is to be taken from memory once.

function addTwo(
  planes: Float32Array,
  at: number,
  rows: number,
  count: number,
  u: Float64Array,
  v: Float64Array,
  p: number,
): void {
  const u0 = u[p];
  const u1 = u[p + 1];
  const u2 = u[p + 2];
  const u3 = u[p + 3];
  const u4 = u[p + 4];
  const u5 = u[p + 5];
  const v0 = v[p];
  const v1 = v[p + 1];
  const v2 = v[p + 2];
  const v3 = v[p + 3];
  const v4 = v[p + 4];
  const v5 = v[p + 5];
  const p1 = at + rows;
  const p2 = p1 + rows;
  const p3 = p2 + rows;
  const p4 = p3 + rows;
  const p5 = p4 + rows;
  for (let i = 0; i < count; i++) {
    const a = planes[at + i];
    const b = planes[p1 + i];
    const c = planes[p2 + i];
    const d = planes[p3 + i];
    const e = planes[p4 + i];
    const f = planes[p5 + i];
    first[i] += u0 * a + u1 * b + u2 * c + u3 * d + u4 * e + u5 * f;
    second[i] += v0 * a + v1 * b + v2 * c + v3 * d + v4 * e + v5 * f;
  }
}

function addThree(
  planes: Float32Array,
  at: number,
  rows: number,
  count: number,
  u: Float64Array,
  v: Float64Array,
  p: number,
  w: Float64Array,
  q: number,
): void {
  const u0 = u[p];
  const u1 = u[p + 1];
  const u2 = u[p + 2];
  const u3 = u[p + 3];
  const u4 = u[p + 4];
  const u5 = u[p + 5];
  const v0 = v[p];
  const v1 = v[p + 1];
  const v2 = v[p + 2];
  const v3 = v[p + 3];
  const v4 = v[p + 4];
  const v5 = v[p + 5];
  const w0 = w[q];
  const w1 = w[q + 1];
  const w2 = w[q + 2];
  const w3 = w[q + 3];
  const w4 = w[q + 4];
  const w5 = w[q + 5];
  const p1 = at + rows;
  const p2 = p1 + rows;
  const p3 = p2 + rows;
  const p4 = p3 + rows;
  const p5 = p4 + rows;
  for (let i = 0; i < count; i++) {
    const a = planes[at + i];
    const b = planes[p1 + i];
    const c = planes[p2 + i];
    const d = planes[p3 + i];
    const e = planes[p4 + i];
    const f = planes[p5 + i];
    first[i] += u0 * a + u1 * b + u2 * c + u3 * d + u4 * e + u5 * f;
    second[i] += v0 * a + v1 * b + v2 * c + v3 * d + v4 * e + v5 * f;
    third[i] += w0 * a + w1 * b + w2 * c + w3 * d + w4 * e + w5 * f;
  }
}

function addThird(
  planes: Float32Array,
  at: number,
  rows: number,
  count: number,
  w: Float64Array,
  q: number,
): void {
  const w0 = w[q];
  const w1 = w[q + 1];
  const w2 = w[q + 2];
  const w3 = w[q + 3];
  const w4 = w[q + 4];
  const w5 = w[q + 5];
  const p1 = at + rows;
  const p2 = p1 + rows;
  const p3 = p2 + rows;
  const p4 = p3 + rows;
  const p5 = p4 + rows;
  for (let i = 0; i < count; i++) {
    third[i] +=
      w0 * planes[at + i] +
      w1 * planes[p1 + i] +
      w2 * planes[p2 + i] +
      w3 * planes[p3 + i] +
      w4 * planes[p4 + i] +
      w5 * planes[p5 + i];
  }
}

/** Sets the third to the sum over four nodes, which every window has. */
function setThird(
  planes: Float32Array,
  at: number,
  rows: number,
  count: number,
  w: Float64Array,
): void {
  const w0 = w[0];
  const w1 = w[1];
  const w2 = w[2];
  const w3 = w[3];
  const w4 = w[4];
  const w5 = w[5];
  const w6 = w[6];
  const w7 = w[7];
  const w8 = w[8];
  const w9 = w[9];
  const w10 = w[10];
  const w11 = w[11];
  const p1 = at + rows;
  const p2 = p1 + rows;
  const p3 = p2 + rows;
  const p4 = p3 + rows;
  const p5 = p4 + rows;
  const p6 = p5 + rows;
  const p7 = p6 + rows;
  const p8 = p7 + rows;
  const p9 = p8 + rows;
  const p10 = p9 + rows;
  const p11 = p10 + rows;
  for (let i = 0; i < count; i++) {
    third[i] =
      w0 * planes[at + i] +
      w1 * planes[p1 + i] +
      w2 * planes[p2 + i] +
      w3 * planes[p3 + i] +
      (w4 * planes[p4 + i] + w5 * planes[p5 + i] + w6 * planes[p6 + i] + w7 * planes[p7 + i]) +
      (w8 * planes[p8 + i] + w9 * planes[p9 + i] + w10 * planes[p10 + i] + w11 * planes[p11 + i]);
  }
}

/** Adding and taking this off again rounds a number of about 1 to 2^−36. */
const rounder = 1.5 * 2 ** 16;

/**
 * An interpolated Z with the bounds of the exact one: at least 1, and whole where only rounding
 * keeps it from that, so that m equal maxima have confidence 1/m exactly and stay in their bin.
 */
export function settle(z: number): number {
  const rounded = z + rounder - rounder;
  // Math.max takes longer.
  return rounded < 1 ? 1 : rounded;
}
