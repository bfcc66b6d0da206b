// 2^t by the sum of a whole number, which goes into the exponent, and a fraction in [−½, ½], for
// which 2^f = 1 + f·q(f) with q a minimax polynomial of the relative error (Lawson's iteration on
// Chebyshev nodes). At t = 0 the result is 1 exactly, so that equal logits weigh the same.

/** Adding it rounds to whole numbers and leaves them in the lowest bits. */
const roundSingle: f32 = 12582912; // 1.5·2^23
const roundDouble: f64 = 6755399441055744; // 1.5·2^52

/** 2^t for t in [−126, 0]: degree 5, 9.2e-8 relative before rounding. */
@inline
export function exp2Single(t: v128): v128 {
  const shifted = f32x4.add(t, f32x4.splat(roundSingle));
  const f = f32x4.sub(t, f32x4.sub(shifted, f32x4.splat(roundSingle)));
  let p = f32x4.splat(0.001326472731307149);
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.009671512991189957));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.05550733581185341));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.24022242426872253));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.6931470036506653));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

/** The same by degree 6, 2e-9, where the result will be squared twice. */
@inline
export function exp2Fine(t: v128): v128 {
  const shifted = f32x4.add(t, f32x4.splat(roundSingle));
  const f = f32x4.sub(t, f32x4.sub(shifted, f32x4.splat(roundSingle)));
  let p = f32x4.splat(0.00015353361959569156);
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.0013398875016719103));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.00961843691766262));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.055503323674201965));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.24022647738456726));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.6931471824645996));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

/** 2^t for t in [−1022, 0]: degree 9, 1.6e-14 relative. */
@inline
export function exp2Double(t: v128): v128 {
  const shifted = f64x2.add(t, f64x2.splat(roundDouble));
  const f = f64x2.sub(t, f64x2.sub(shifted, f64x2.splat(roundDouble)));
  let p = f64x2.splat(1.0148246298879483e-7);
  p = f64x2.add(f64x2.mul(p, f), f64x2.splat(1.325833273515013e-6));
  p = f64x2.add(f64x2.mul(p, f), f64x2.splat(1.5252990433894942e-5));
  p = f64x2.add(f64x2.mul(p, f), f64x2.splat(0.00015403440894826755));
  p = f64x2.add(f64x2.mul(p, f), f64x2.splat(0.0013333557624898053));
  p = f64x2.add(f64x2.mul(p, f), f64x2.splat(0.009618129181152048));
  p = f64x2.add(f64x2.mul(p, f), f64x2.splat(0.055504108668418456));
  p = f64x2.add(f64x2.mul(p, f), f64x2.splat(0.24022650695722822));
  p = f64x2.add(f64x2.mul(p, f), f64x2.splat(0.6931471805598843));
  p = f64x2.add(f64x2.mul(p, f), f64x2.splat(1));
  return i64x2.add(p, i64x2.shl(shifted, 52));
}
