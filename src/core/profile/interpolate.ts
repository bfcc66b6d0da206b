import type { Reading } from "./hermite";
import type { RowProfile } from "./rowProfile";

/** Rows evaluated at a time, so that their part of a window's planes stays in the cache. */
export const tileRows = 512;

/**
 * Reads one number of each of `count` rows from row `from` on.
 * @param out where the numbers go, from 0 on
 */
export function interpolate(
  profile: RowProfile,
  reading: Reading,
  from: number,
  count: number,
  out: Float64Array,
): void {
  const { planes, rows } = profile;
  const { firstPlane, weights } = reading;
  out.fill(0, 0, count);
  // Two nodes, which are six planes, at a time: a window has an even number of nodes.
  for (let p = 0; p < weights.length; p += 6) {
    const w0 = weights[p];
    const w1 = weights[p + 1];
    const w2 = weights[p + 2];
    const w3 = weights[p + 3];
    const w4 = weights[p + 4];
    const w5 = weights[p + 5];
    const p0 = (firstPlane + p) * rows + from;
    const p1 = p0 + rows;
    const p2 = p1 + rows;
    const p3 = p2 + rows;
    const p4 = p3 + rows;
    const p5 = p4 + rows;
    for (let i = 0; i < count; i++) {
      out[i] +=
        w0 * planes[p0 + i] +
        w1 * planes[p1 + i] +
        w2 * planes[p2 + i] +
        w3 * planes[p3 + i] +
        w4 * planes[p4 + i] +
        w5 * planes[p5 + i];
    }
  }
}

/** Adding and taking this off again rounds a number of about 1 to 2^−36. */
const rounder = 1.5 * 2 ** 16;

/**
 * An interpolated Z with the bounds of the exact one: at least 1, and whole where only rounding
 * keeps it from that, so that m equal maxima have confidence 1/m exactly and stay in their bin.
 */
export function settle(z: number): number {
  return z < 1 ? 1 : z + rounder - rounder;
}
