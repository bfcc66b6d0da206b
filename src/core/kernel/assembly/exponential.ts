// 2^t by the sum of a whole number, which goes into the exponent, and a fraction in [−½, ½], for
// which 2^f = 1 + f·q(f) with q a minimax polynomial of the relative error (Lawson's iteration on
// Chebyshev nodes). At t = 0 the result is 1 exactly, so that equal logits weigh the same. The
// lowest t is the exponent of 0: there, as for a masked logit that is clamped to it, all bits of
// the result are 0. The float32 one is the square of a polynomial for 2^(f/2), in a unit of its own,
// and next to nothing at the lowest t.
//
// In float32, where two vectors at a time keep the processor busy, polynomials are taken term by
// term; in float64 by halves (Estrin), which it does at the same time. Constants are read from
// memory, as V8 makes a vector of them anew, by several instructions, wherever one is used. A loop
// reads them before it begins and hands them over, which takes a tenth less time in all.

/** Adding it rounds to whole numbers and leaves them in the lowest bits: 1.5·2^23 and 1.5·2^52. */
export const roundSingle = memory.data<f32>([12582912]);
export const roundDouble = memory.data<f64>([6755399441055744]);

/** The exponents of 0, where −∞ is clamped to. */
export const lowestSingle = memory.data<f32>([-127]);
export const lowestDouble = memory.data<f64>([-1023]);

export const oneSingle = memory.data<f32>([1]);
export const oneDouble = memory.data<f64>([1]);

/**
 * A polynomial of degree 4 without the factor of its highest power: its square is `unitSingle`·2^f,
 * 1.7e-7 relative before rounding, 3.5e-7 with it.
 */
export const root = memory.data<f32>([
  1664.9329833984375, 577.0205078125, 99.9906234741211, 11.572664260864258,
]);

/** What `exp2Single` has for 1. */
export const unitSingle: f64 = 2772001.75;

/**
 * q of degree 5: 3e-9. Each coefficient was rounded before the next was found: rounded at last they
 * err by 1.6e-8, which is the same for all rows, so that means over many rows kept it.
 */
export const fine = memory.data<f32>([
  0.6931471824645996, 0.24022647738456726, 0.05550359562039375, 0.009618498384952545,
  0.0013390976237133145, 0.00015329840243794024,
]);

/** Of degree 8: 1.6e-14. */
export const double = memory.data<f64>([
  0.6931471805598843, 0.24022650695722822, 0.055504108668418456, 0.009618129181152048,
  0.0013333557624898053, 0.00015403440894826755, 1.5252990433894942e-5, 1.325833273515013e-6,
  1.0148246298879483e-7,
]);

/** All lanes have the float32 at a place. */
@inline
export function readSingle(place: usize): v128 {
  return v128.load32_splat(place);
}

@inline
export function readDouble(place: usize): v128 {
  return v128.load64_splat(place);
}

/**
 * `unitSingle`·2^t for t in [−127, 0]. 2^(f/2) varies half as much as 2^f, so a polynomial of one
 * degree less will do, and its highest power needs no factor: two operations less, for a square.
 * @param c0 and the following are `root`
 */
@inline
export function exp2Single(t: v128, round: v128, c0: v128, c1: v128, c2: v128, c3: v128): v128 {
  const shifted = f32x4.add(t, round);
  const f = f32x4.sub(t, f32x4.sub(shifted, round));
  let p = f32x4.add(f, c3);
  p = f32x4.add(c2, f32x4.mul(f, p));
  p = f32x4.add(c1, f32x4.mul(f, p));
  p = f32x4.add(c0, f32x4.mul(f, p));
  return i32x4.add(f32x4.mul(p, p), i32x4.shl(shifted, 23));
}

/**
 * 2^t for t in [−127, 0], for where the result will be squared twice.
 * @param c0 and the following are `fine`
 */
@inline
export function exp2Fine(
  t: v128,
  round: v128,
  one: v128,
  c0: v128,
  c1: v128,
  c2: v128,
  c3: v128,
  c4: v128,
  c5: v128,
): v128 {
  const shifted = f32x4.add(t, round);
  const f = f32x4.sub(t, f32x4.sub(shifted, round));
  let q = f32x4.add(c4, f32x4.mul(f, c5));
  q = f32x4.add(c3, f32x4.mul(f, q));
  q = f32x4.add(c2, f32x4.mul(f, q));
  q = f32x4.add(c1, f32x4.mul(f, q));
  q = f32x4.add(c0, f32x4.mul(f, q));
  return i32x4.add(f32x4.add(one, f32x4.mul(f, q)), i32x4.shl(shifted, 23));
}

/**
 * 2^t for t in [−1023, 0].
 * @param c0 and the following are `double`
 */
@inline
export function exp2Double(
  t: v128,
  round: v128 = readDouble(roundDouble),
  one: v128 = readDouble(oneDouble),
  c0: v128 = readDouble(double),
  c1: v128 = readDouble(double + 8),
  c2: v128 = readDouble(double + 16),
  c3: v128 = readDouble(double + 24),
  c4: v128 = readDouble(double + 32),
  c5: v128 = readDouble(double + 40),
  c6: v128 = readDouble(double + 48),
  c7: v128 = readDouble(double + 56),
  c8: v128 = readDouble(double + 64),
): v128 {
  const shifted = f64x2.add(t, round);
  const f = f64x2.sub(t, f64x2.sub(shifted, round));
  const ff = f64x2.mul(f, f);
  const a = f64x2.add(c0, f64x2.mul(c1, f));
  const b = f64x2.add(c2, f64x2.mul(c3, f));
  const c = f64x2.add(c4, f64x2.mul(c5, f));
  const d = f64x2.add(c6, f64x2.mul(c7, f));
  const e = f64x2.mul(c8, ff);
  const low = f64x2.add(a, f64x2.mul(ff, b));
  const high = f64x2.add(c, f64x2.mul(ff, f64x2.add(d, e)));
  const q = f64x2.add(low, f64x2.mul(f64x2.mul(ff, ff), high));
  const p = f64x2.add(one, f64x2.mul(f, q));
  return i64x2.add(p, i64x2.shl(shifted, 52));
}
