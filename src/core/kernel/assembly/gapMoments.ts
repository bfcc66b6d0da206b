// What a profile keeps of a row beside its moments: exact counts, and gaps summed in float64.

import { pair, total } from "./lanes";

/** How many logits are the largest, and how many are not masked. */
export let ties: i32 = 0;
export let unmasked: i32 = 0;

/** Mean and variance of max − z over the unmasked ones. */
export let meanGap: f64 = 0;
export let gapVariance: f64 = 0;

/** 0 in place of ∞. */
@inline
function finite(gap: v128): v128 {
  return v128.and(gap, f64x2.lt(gap, f64x2.splat(Infinity)));
}

/** Sets all four of a usable row. */
@inline
export function computeGapMoments<T>(row: usize, classes: i32, max: f64): void {
  const top = f64x2.splat(max);
  const masked = f64x2.splat(-Infinity);
  const step = 2 * sizeof<T>();
  const end = row + <usize>classes * sizeof<T>();
  let first = f64x2.splat(0);
  let second = first;
  let maxima = i64x2.splat(0);
  let present = maxima;
  // Two vectors at a time, as for the sums.
  for (let p = row; p < end; p += 2 * step) {
    const y = pair<T>(p, end);
    const z = pair<T>(p + step, end);
    const g = finite(f64x2.sub(top, y));
    const h = finite(f64x2.sub(top, z));
    first = f64x2.add(first, f64x2.add(g, h));
    second = f64x2.add(second, f64x2.add(f64x2.mul(g, g), f64x2.mul(h, h)));
    maxima = i64x2.sub(maxima, i64x2.add(f64x2.eq(y, top), f64x2.eq(z, top)));
    present = i64x2.sub(present, i64x2.add(f64x2.ne(y, masked), f64x2.ne(z, masked)));
  }
  ties = <i32>(i64x2.extract_lane(maxima, 0) + i64x2.extract_lane(maxima, 1));
  unmasked = <i32>(i64x2.extract_lane(present, 0) + i64x2.extract_lane(present, 1));
  meanGap = total(first) / <f64>unmasked;
  const square = total(second) / <f64>unmasked;
  gapVariance = Math.max(0, square - meanGap * meanGap);
}
