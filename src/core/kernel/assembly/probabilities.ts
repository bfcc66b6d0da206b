// Probabilities of a part of a row, in float64: all are added up by class, the few large ones are
// told one by one.

import { exp2Double, lowestDouble, readDouble } from "./exponential";
import { pair } from "./lanes";
import { foundClasses, foundProbabilities, totals } from "./memory";

/**
 * Adds p = 2^((z − max)·c)·scale of `count` classes to the totals, and leaves those from a threshold
 * on, with their places, in the order of the classes. The places of totals beyond `count`, up to
 * three, get zeros.
 * @param scale 1/Z
 * @returns how many it left
 */
@inline
export function addRow<T>(
  row: usize,
  count: i32,
  max: f64,
  c: f64,
  scale: f64,
  threshold: f64,
): i32 {
  const top = f64x2.splat(max);
  const exponents = f64x2.splat(c);
  const scales = f64x2.splat(scale);
  const least = f64x2.splat(threshold);
  const lowest = readDouble(lowestDouble);
  const step = 2 * sizeof<T>();
  const end = row + <usize>count * sizeof<T>();
  let found = 0;
  let k = 0;
  // Two vectors at a time, as for the sums.
  for (let p = row; p < end; p += 2 * step) {
    const s = f64x2.pmax(f64x2.mul(f64x2.sub(pair<T>(p, end), top), exponents), lowest);
    const t = f64x2.pmax(f64x2.mul(f64x2.sub(pair<T>(p + step, end), top), exponents), lowest);
    const v = f64x2.mul(exp2Double(s), scales);
    const w = f64x2.mul(exp2Double(t), scales);
    const total = totals + (<usize>k << 3);
    v128.store(total, f64x2.add(v128.load(total), v));
    v128.store(total, f64x2.add(v128.load(total, 16), w), 16);
    if (v128.any_true(v128.or(f64x2.ge(v, least), f64x2.ge(w, least)))) {
      found = leave(f64x2.extract_lane(v, 0), k, threshold, found);
      found = leave(f64x2.extract_lane(v, 1), k + 1, threshold, found);
      found = leave(f64x2.extract_lane(w, 0), k + 2, threshold, found);
      found = leave(f64x2.extract_lane(w, 1), k + 3, threshold, found);
    }
    k += 4;
  }
  return found;
}

function leave(p: f64, k: i32, threshold: f64, found: i32): i32 {
  if (!(p >= threshold)) return found;
  store<i32>(foundClasses + (<usize>found << 2), k);
  store<f64>(foundProbabilities + (<usize>found << 3), p);
  return found + 1;
}
