// The sums over a row at one temperature, in units of t = (z − max)·c with c = β·log2 e. The arg
// max is left out of them: it stands masked while they are made.

import { exp2Double, exp2Single, readDouble, readSingle } from "./exponential";

/** Σ w, Σ w·t, Σ w·t² and Σ w². */
export let rest: f64 = 0;
export let first: f64 = 0;
export let second: f64 = 0;
export let squares: f64 = 0;

/** The exponents of 0, where −∞ is clamped to. */
const lowestSingle = memory.data<f32>([-127]);
const lowestDouble = memory.data<f64>([-1023]);

/** Below it the square of a float32 would be a denormal, which processors are slow at. */
const smallestSquared = memory.data<f32>([2.168404344971009e-19]); // 2^−62

/** Float32 sums are added to float64 ones after so many bytes: 64 logits. */
const groupBytes: usize = 256;

@inline
function widened(sums: v128): v128 {
  return f64x2.add(
    f64x2.promote_low_f32x4(sums),
    f64x2.promote_low_f32x4(v128.shuffle<i64>(sums, sums, 1, 0)),
  );
}

@inline
function total(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** The first lanes of a vector of float32, the others masked. */
@inline
export function firstLanes(v: v128, count: i32): v128 {
  const kept = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
  return v128.bitselect(v, f32x4.splat(-Infinity), kept);
}

/** Sums over float32 logits. What follows the row is read, but doesn't count. */
export function sumSingle(row: usize, classes: i32, max: f32, c: f32): void {
  const top = f32x4.splat(max);
  const scale = f32x4.splat(c);
  const end = row + (<usize>classes << 2);
  let rests = f64x2.splat(0);
  let firsts = f64x2.splat(0);
  let seconds = f64x2.splat(0);
  let squared = f64x2.splat(0);
  for (let group = row; group < end; group += groupBytes) {
    const last = min(group + groupBytes, end);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let q = s0;
    for (let p = group; p < last; p += 16) {
      let z = v128.load(p);
      if (p + 16 > end) z = firstLanes(z, <i32>((end - p) >> 2));
      const t = f32x4.pmax(f32x4.mul(f32x4.sub(z, top), scale), readSingle(lowestSingle));
      const w = exp2Single(t);
      const wt = f32x4.mul(w, t);
      const root = f32x4.pmax(w, readSingle(smallestSquared));
      s0 = f32x4.add(s0, w);
      s1 = f32x4.add(s1, wt);
      s2 = f32x4.add(s2, f32x4.mul(wt, t));
      q = f32x4.add(q, f32x4.mul(root, root));
    }
    rests = f64x2.add(rests, widened(s0));
    firsts = f64x2.add(firsts, widened(s1));
    seconds = f64x2.add(seconds, widened(s2));
    squared = f64x2.add(squared, widened(q));
  }
  rest = total(rests);
  first = total(firsts);
  second = total(seconds);
  squares = total(squared);
}

/** Two logits of T as float64; of one alone the second is masked. */
@inline
function pair<T>(p: usize, isWhole: bool): v128 {
  if (!isWhole) return f64x2.replace_lane(f64x2.splat(-Infinity), 0, <f64>load<T>(p));
  if (sizeof<T>() == 8) return v128.load(p);
  return f64x2.promote_low_f32x4(v128.load64_zero(p));
}

/** Sums over logits of T in float64. */
@inline
export function sumDouble<T>(row: usize, classes: i32, max: f64, c: f64): void {
  const top = f64x2.splat(max);
  const scale = f64x2.splat(c);
  const step = 2 * sizeof<T>();
  const end = row + <usize>classes * sizeof<T>();
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let q = s0;
  for (let p = row; p < end; p += step) {
    const gap = f64x2.sub(pair<T>(p, p + step <= end), top);
    const t = f64x2.pmax(f64x2.mul(gap, scale), readDouble(lowestDouble));
    const w = exp2Double(t);
    const wt = f64x2.mul(w, t);
    s0 = f64x2.add(s0, w);
    s1 = f64x2.add(s1, wt);
    s2 = f64x2.add(s2, f64x2.mul(wt, t));
    q = f64x2.add(q, f64x2.mul(w, w));
  }
  rest = total(s0);
  first = total(s1);
  second = total(s2);
  squares = total(q);
}

/** exp(gap·β) of one gap ≤ 0, by c = β·log2 e. */
export function weightOf(gap: f64, c: f64): f64 {
  const t = f64x2.pmax(f64x2.splat(gap * c), readDouble(lowestDouble));
  return f64x2.extract_lane(exp2Double(t), 0);
}
