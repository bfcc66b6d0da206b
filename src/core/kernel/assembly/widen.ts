// Halves and gaps as float32, a row at a time, into scratch. Reads up to 16 bytes past a row.

/** A bfloat16 is the upper half of a float32. */
export function widenBfloat16(from: usize, count: i32, to: usize): void {
  const end = from + (<usize>count << 1);
  for (; from < end; from += 8, to += 16) {
    v128.store(to, i32x4.shl(v128.load16x4_u(from), 16));
  }
}

/**
 * IEEE 754 binary16: the bits moved to their place make a float32 that is 2^112 times too small,
 * denormals among them. Only ∞ and NaN need the exponent's other bits, too.
 */
export function widenFloat16(from: usize, count: i32, to: usize): void {
  const end = from + (<usize>count << 1);
  const rescale = f32x4.splat(5.192296858534828e33); // 2^112
  for (; from < end; from += 8, to += 16) {
    const half = v128.load16x4_u(from);
    const magnitude = v128.and(half, i32x4.splat(0x7fff));
    const sign = i32x4.shl(v128.xor(half, magnitude), 16);
    const finite = f32x4.mul(i32x4.shl(magnitude, 13), rescale);
    const special = v128.and(i32x4.ge_s(magnitude, i32x4.splat(0x7c00)), i32x4.splat(0x7f800000));
    v128.store(to, v128.or(v128.or(finite, special), sign));
  }
}

/** z − max, taken in float64: logits of 1e4 keep their gaps in float32. */
export function narrowGaps(from: usize, count: i32, max: f64, to: usize): void {
  const top = f64x2.splat(max);
  const end = from + (<usize>count << 3);
  for (; from < end; from += 16, to += 8) {
    const gap = f32x4.demote_f64x2_zero(f64x2.sub(v128.load(from), top));
    v128.store64_lane(to, gap, 0);
  }
}
