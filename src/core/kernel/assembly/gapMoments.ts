// What a profile keeps of a row beside its moments: exact counts, and gaps summed in float64.

import { pair, total } from "./lanes";

/** How many logits are the largest, and how many are not masked. */
export let ties: i32 = 0;
export let unmasked: i32 = 0;

/** Mean and variance of max − z over the unmasked ones. */
export let meanGap: f64 = 0;
export let gapVariance: f64 = 0;

/** Sets all four of a usable row. */
@inline
export function computeGapMoments<T>(row: usize, classes: i32, max: f64): void {
  const top = f64x2.splat(max);
  const masked = f64x2.splat(-Infinity);
  const infinite = f64x2.splat(Infinity);
  const step = 2 * sizeof<T>();
  const end = row + <usize>classes * sizeof<T>();
  let first = f64x2.splat(0);
  let second = first;
  let maxima = i64x2.splat(0);
  let present = maxima;
  for (let p = row; p < end; p += step) {
    const z = pair<T>(p, end);
    let gap = f64x2.sub(top, z);
    gap = v128.and(gap, f64x2.lt(gap, infinite));
    first = f64x2.add(first, gap);
    second = f64x2.add(second, f64x2.mul(gap, gap));
    maxima = i64x2.sub(maxima, f64x2.eq(z, top));
    present = i64x2.sub(present, f64x2.ne(z, masked));
  }
  ties = <i32>(i64x2.extract_lane(maxima, 0) + i64x2.extract_lane(maxima, 1));
  unmasked = <i32>(i64x2.extract_lane(present, 0) + i64x2.extract_lane(present, 1));
  meanGap = total(first) / <f64>unmasked;
  const square = total(second) / <f64>unmasked;
  gapVariance = Math.max(0, square - meanGap * meanGap);
}
