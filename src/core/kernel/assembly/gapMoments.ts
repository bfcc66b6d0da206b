// What a profile keeps of a row beside its moments: exact counts, and gaps summed in float64.

/** How many logits are the largest, and how many are not masked. */
export let ties: i32 = 0;
export let unmasked: i32 = 0;

/** Mean and variance of max − z over the unmasked ones. */
export let meanGap: f64 = 0;
export let gapVariance: f64 = 0;

/** Two logits of T as float64; of one alone the second is masked. */
@inline
function pair<T>(p: usize, isWhole: bool): v128 {
  if (!isWhole) return f64x2.replace_lane(f64x2.splat(-Infinity), 0, <f64>load<T>(p));
  if (sizeof<T>() == 8) return v128.load(p);
  return f64x2.promote_low_f32x4(v128.load64_zero(p));
}

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
    const z = pair<T>(p, p + step <= end);
    let gap = f64x2.sub(top, z);
    gap = v128.and(gap, f64x2.lt(gap, infinite));
    first = f64x2.add(first, gap);
    second = f64x2.add(second, f64x2.mul(gap, gap));
    maxima = i64x2.sub(maxima, f64x2.eq(z, top));
    present = i64x2.sub(present, f64x2.ne(z, masked));
  }
  ties = <i32>(i64x2.extract_lane(maxima, 0) + i64x2.extract_lane(maxima, 1));
  unmasked = <i32>(i64x2.extract_lane(present, 0) + i64x2.extract_lane(present, 1));
  meanGap = (f64x2.extract_lane(first, 0) + f64x2.extract_lane(first, 1)) / <f64>unmasked;
  const square = (f64x2.extract_lane(second, 0) + f64x2.extract_lane(second, 1)) / <f64>unmasked;
  gapVariance = Math.max(0, square - meanGap * meanGap);
}
