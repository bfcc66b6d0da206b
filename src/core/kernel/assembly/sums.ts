// The sums over a row at one temperature, in units of t = (z − max)·c with c = β·log2 e. The arg
// max is left out of them: it stands masked while they are made.

import { exp2Double, exp2Single, lowestDouble, readDouble, readSingle } from "./exponential";
import { firstLanes, pair, total, widened } from "./lanes";

/** Σ w, Σ w·t, Σ w·t² and Σ w². */
export let rest: f64 = 0;
export let first: f64 = 0;
export let second: f64 = 0;
export let squares: f64 = 0;

/** The exponent of 0, where −∞ is clamped to. */
const lowestSingle = memory.data<f32>([-127]);

/** Below it the square of a float32 would be a denormal, which processors are slow at. */
const smallestSquared = memory.data<f32>([2.168404344971009e-19]); // 2^−62

/** Float32 sums are added to float64 ones after so many bytes: 64 logits. */
const groupBytes: usize = 256;

@inline
function exponentOf(z: v128, top: v128, scale: v128): v128 {
  return f32x4.pmax(f32x4.mul(f32x4.sub(z, top), scale), readSingle(lowestSingle));
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
    // Two vectors at a time keep the processor busy while a polynomial's steps wait for each other.
    for (let p = group; p < last; p += 32) {
      let y = v128.load(p);
      let z = v128.load(p, 16);
      if (p + 32 > end) {
        const left = <i32>((end - p) >> 2);
        y = firstLanes(y, left);
        z = firstLanes(z, left - 4);
      }
      const s = exponentOf(y, top, scale);
      const t = exponentOf(z, top, scale);
      const v = exp2Single(s);
      const w = exp2Single(t);
      const vs = f32x4.mul(v, s);
      const wt = f32x4.mul(w, t);
      const a = f32x4.pmax(v, readSingle(smallestSquared));
      const b = f32x4.pmax(w, readSingle(smallestSquared));
      s0 = f32x4.add(s0, f32x4.add(v, w));
      s1 = f32x4.add(s1, f32x4.add(vs, wt));
      s2 = f32x4.add(s2, f32x4.add(f32x4.mul(vs, s), f32x4.mul(wt, t)));
      q = f32x4.add(q, f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b)));
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

/** Sums over logits of T in float64. */
@inline
export function sumDouble<T>(row: usize, classes: i32, max: f64, c: f64): void {
  const top = f64x2.splat(max);
  const scale = f64x2.splat(c);
  const lowest = readDouble(lowestDouble);
  const step = 2 * sizeof<T>();
  const end = row + <usize>classes * sizeof<T>();
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let q = s0;
  for (let p = row; p < end; p += 2 * step) {
    const s = f64x2.pmax(f64x2.mul(f64x2.sub(pair<T>(p, end), top), scale), lowest);
    const t = f64x2.pmax(f64x2.mul(f64x2.sub(pair<T>(p + step, end), top), scale), lowest);
    const v = exp2Double(s);
    const w = exp2Double(t);
    const vs = f64x2.mul(v, s);
    const wt = f64x2.mul(w, t);
    s0 = f64x2.add(s0, f64x2.add(v, w));
    s1 = f64x2.add(s1, f64x2.add(vs, wt));
    s2 = f64x2.add(s2, f64x2.add(f64x2.mul(vs, s), f64x2.mul(wt, t)));
    q = f64x2.add(q, f64x2.add(f64x2.mul(v, v), f64x2.mul(w, w)));
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
