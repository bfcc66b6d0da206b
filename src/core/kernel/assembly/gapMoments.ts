// What a profile keeps of a row beside its moments: exact counts, and gaps summed in float64.

import { pair, pairAt, total } from "./lanes";
import { countFrom } from "./peak";

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
  const end = row + <usize>classes * sizeof<T>();
  ties = countFrom<T>(row, end, <T>max, true);
  unmasked = countFrom<T>(row, end, -Infinity as T, false);
  if (unmasked == classes) sumGaps<T>(row, end, max, false);
  else sumGaps<T>(row, end, max, true);
  meanGap /= <f64>unmasked;
  gapVariance = Math.max(0, gapVariance / <f64>unmasked - meanGap * meanGap);
}

/** Leaves the sums of the gaps and of their squares where their mean and variance will be. */
@inline
function sumGaps<T>(row: usize, end: usize, max: f64, hasMasked: bool): void {
  const top = f64x2.splat(max);
  const step = 2 * sizeof<T>();
  const whole = row + ((end - row) & ~(2 * step - 1));
  let first = f64x2.splat(0);
  let second = first;
  let p = row;
  // Two vectors at a time, as for the sums.
  for (; p < whole; p += 2 * step) {
    let g = f64x2.sub(top, pairAt<T>(p));
    let h = f64x2.sub(top, pairAt<T>(p + step));
    if (hasMasked) {
      g = finite(g);
      h = finite(h);
    }
    first = f64x2.add(first, f64x2.add(g, h));
    second = f64x2.add(second, f64x2.add(f64x2.mul(g, g), f64x2.mul(h, h)));
  }
  for (; p < end; p += step) {
    const g = finite(f64x2.sub(top, pair<T>(p, end)));
    first = f64x2.add(first, g);
    second = f64x2.add(second, f64x2.mul(g, g));
  }
  meanGap = total(first);
  gapVariance = total(second);
}
