// Ends of rows and of sums: what does not fill a vector, and lanes that become one number.

/** Two logits of T as float64. */
@inline
export function pairAt<T>(p: usize): v128 {
  return sizeof<T>() == 8 ? v128.load(p) : f64x2.promote_low_f32x4(v128.load64_zero(p));
}

/** The same, masked from the end on. */
@inline
export function pair<T>(p: usize, end: usize): v128 {
  if (p + 2 * sizeof<T>() <= end) return pairAt<T>(p);
  const masked = f64x2.splat(-Infinity);
  return p < end ? f64x2.replace_lane(masked, 0, <f64>load<T>(p)) : masked;
}

/** Float32 sums as float64 ones, the upper half added to the lower. */
@inline
export function widened(sums: v128): v128 {
  return f64x2.add(
    f64x2.promote_low_f32x4(sums),
    f64x2.promote_low_f32x4(v128.shuffle<i64>(sums, sums, 1, 0)),
  );
}

/** Both lanes together. */
@inline
export function total(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** The first lanes of a vector of float32, the others masked. */
@inline
export function firstLanes(v: v128, count: i32): v128 {
  const kept = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
  return v128.bitselect(v, f32x4.splat(-Infinity), kept);
}

/** The largest of float32 lanes. */
@inline
export function largestLane(v: v128): f32 {
  const pairs = f32x4.pmax(v, v128.shuffle<i64>(v, v, 1, 0));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}
