// The sums over a row at one temperature, with c = β·log2 e.

import {
  double,
  exp2Double,
  exp2Single,
  lowestDouble,
  lowestSingle,
  oneDouble,
  readDouble,
  readSingle,
  root,
  roundDouble,
  roundSingle,
  unitSingle,
} from "./exponential";
import { firstLanes, largestLane, pair, total, widened } from "./lanes";

/** Float32 sums are added to float64 ones after so many bytes: 64 logits. */
const groupBytes: usize = 256;

/** The largest logit of the row that `sumSingle` looked at beside its own; NaN is passed over. */
export let nextLargest: f32 = 0;

/**
 * Σ w with w = 2^t and t = (z − max)·c over float32 logits, the largest among them. NaN where one of
 * them is. What follows the row is read, but doesn't count. The next row's largest is found on the
 * way: so it comes from memory while this one is computed.
 */
export function sumSingle(row: usize, next: usize, classes: i32, max: f32, c: f32): f64 {
  return sumWeights(row, next, classes, max, c, false);
}

/** The same, and sets `first` and `second`, which are NaN after the other. */
export function sumSingleMoments(row: usize, next: usize, classes: i32, max: f32, c: f32): f64 {
  return sumWeights(row, next, classes, max, c, true);
}

@inline
function sumWeights(
  row: usize,
  next: usize,
  classes: i32,
  max: f32,
  c: f32,
  withMoments: bool,
): f64 {
  const top = f32x4.splat(max);
  const scale = f32x4.splat(c);
  const lowest = readSingle(lowestSingle);
  const round = readSingle(roundSingle);
  const c0 = readSingle(root);
  const c1 = readSingle(root + 4);
  const c2 = readSingle(root + 8);
  const c3 = readSingle(root + 12);
  const end = row + (<usize>classes << 2);
  const whole = row + ((<usize>classes << 2) & ~(groupBytes - 1));
  const ahead = next - row;
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let m = f32x4.splat(-Infinity);
  let p = row;
  for (; p < whole; p += groupBytes) {
    const last = p + groupBytes;
    let v0 = f32x4.splat(0);
    let v1 = v0;
    let v2 = v0;
    let w0 = v0;
    let w1 = v0;
    let w2 = v0;
    // Two vectors at a time keep the processor busy while a polynomial's steps wait for each other.
    for (let q = p; q < last; q += 32) {
      const s = exponentOf(v128.load(q), top, scale, lowest);
      const t = exponentOf(v128.load(q, 16), top, scale, lowest);
      const v = exp2Single(s, round, c0, c1, c2, c3);
      const w = exp2Single(t, round, c0, c1, c2, c3);
      v0 = f32x4.add(v0, v);
      w0 = f32x4.add(w0, w);
      if (withMoments) {
        const vs = f32x4.mul(v, s);
        const wt = f32x4.mul(w, t);
        v1 = f32x4.add(v1, vs);
        w1 = f32x4.add(w1, wt);
        v2 = f32x4.add(v2, f32x4.mul(vs, s));
        w2 = f32x4.add(w2, f32x4.mul(wt, t));
      }
      m = f32x4.pmax(m, v128.load(q + ahead));
      m = f32x4.pmax(m, v128.load(q + ahead, 16));
    }
    s0 = f64x2.add(s0, widened(f32x4.add(v0, w0)));
    if (withMoments) {
      s1 = f64x2.add(s1, widened(f32x4.add(v1, w1)));
      s2 = f64x2.add(s2, widened(f32x4.add(v2, w2)));
    }
  }
  let w0 = f32x4.splat(0);
  let w1 = w0;
  let w2 = w0;
  for (; p < end; p += 16) {
    const count = <i32>((end - p) >> 2);
    const isWhole = count >= 4;
    const z = isWhole ? v128.load(p) : firstLanes(v128.load(p), count);
    const after = isWhole ? v128.load(p + ahead) : firstLanes(v128.load(p + ahead), count);
    const t = exponentOf(z, top, scale, lowest);
    const w = exp2Single(t, round, c0, c1, c2, c3);
    w0 = f32x4.add(w0, w);
    if (withMoments) {
      const wt = f32x4.mul(w, t);
      w1 = f32x4.add(w1, wt);
      w2 = f32x4.add(w2, f32x4.mul(wt, t));
    }
    m = f32x4.pmax(m, after);
  }
  nextLargest = largestLane(m);
  first = withMoments ? total(f64x2.add(s1, widened(w1))) / unitSingle : NaN;
  second = withMoments ? total(f64x2.add(s2, widened(w2))) / unitSingle : NaN;
  return total(f64x2.add(s0, widened(w0))) / unitSingle;
}

/** (z − max)·c, from the exponent of 0 on. */
@inline
function exponentOf(z: v128, top: v128, scale: v128, lowest: v128): v128 {
  return f32x4.pmax(f32x4.mul(f32x4.sub(z, top), scale), lowest);
}

/** Σ w, Σ w·t, Σ w·t² and Σ w², as they were left last. */
export let rest: f64 = 0;
export let first: f64 = 0;
export let second: f64 = 0;
export let squares: f64 = 0;

/**
 * Sums over logits of T in float64, but for the arg max, which stands masked meanwhile: so they keep
 * their digits where it has nearly all of the weight.
 */
@inline
export function sumDouble<T>(row: usize, classes: i32, max: f64, c: f64): void {
  const top = f64x2.splat(max);
  const scale = f64x2.splat(c);
  const lowest = readDouble(lowestDouble);
  const round = readDouble(roundDouble);
  const one = readDouble(oneDouble);
  const c0 = readDouble(double);
  const c1 = readDouble(double + 8);
  const c2 = readDouble(double + 16);
  const c3 = readDouble(double + 24);
  const c4 = readDouble(double + 32);
  const c5 = readDouble(double + 40);
  const c6 = readDouble(double + 48);
  const c7 = readDouble(double + 56);
  const c8 = readDouble(double + 64);
  const step = 2 * sizeof<T>();
  const end = row + <usize>classes * sizeof<T>();
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let q = s0;
  for (let p = row; p < end; p += 2 * step) {
    const s = f64x2.pmax(f64x2.mul(f64x2.sub(pair<T>(p, end), top), scale), lowest);
    const t = f64x2.pmax(f64x2.mul(f64x2.sub(pair<T>(p + step, end), top), scale), lowest);
    const v = exp2Double(s, round, one, c0, c1, c2, c3, c4, c5, c6, c7, c8);
    const w = exp2Double(t, round, one, c0, c1, c2, c3, c4, c5, c6, c7, c8);
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
