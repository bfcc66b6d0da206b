// The largest logit of a row and what can be counted: exact, whatever the order.

/** States of a row, as `rowStates` has them. */
export const usable: f64 = 0;
export const hasNaN: f64 = 1;
export const hasPosInf: f64 = 2;
export const allMasked: f64 = 3;

/** Of the row last looked at. */
export let state: f64 = 0;
export let max: f64 = 0;
export let argMax: i32 = 0;

/** One logit of a row of T. */
@inline
export function at<T>(row: usize, i: i32): f64 {
  return <f64>load<T>(row + <usize>i * sizeof<T>());
}

/** Sets state, max and argMax (the first of several). A first look at the row also fetches it. */
@inline
export function findPeak<T>(row: usize, classes: i32): void {
  const end = row + <usize>classes * sizeof<T>();
  const whole = row + ((<usize>classes * sizeof<T>()) & ~63);
  let a = v128.splat<T>(-Infinity as T);
  let b = a;
  let c = a;
  let d = a;
  let broken = i32x4.splat(0);
  let p = row;
  for (; p < whole; p += 64) {
    const v0 = v128.load(p);
    const v1 = v128.load(p, 16);
    const v2 = v128.load(p, 32);
    const v3 = v128.load(p, 48);
    // The second operand wins only where it is larger: NaN never does.
    a = v128.pmax<T>(a, v0);
    b = v128.pmax<T>(b, v1);
    c = v128.pmax<T>(c, v2);
    d = v128.pmax<T>(d, v3);
    broken = v128.or(broken, v128.or(v128.ne<T>(v0, v0), v128.ne<T>(v1, v1)));
    broken = v128.or(broken, v128.or(v128.ne<T>(v2, v2), v128.ne<T>(v3, v3)));
  }
  a = v128.pmax<T>(v128.pmax<T>(a, b), v128.pmax<T>(c, d));
  let top = <f64>v128.extract_lane<T>(a, 0);
  for (let lane = 1; lane < 16 / <i32>sizeof<T>(); lane++) {
    const v = laneOf<T>(a, lane);
    if (v > top) top = v;
  }
  let isBroken = v128.any_true(broken);
  for (; p < end; p += sizeof<T>()) {
    const v = <f64>load<T>(p);
    if (v > top) top = v;
    if (v != v) isBroken = true;
  }
  max = top;
  state = isBroken ? hasNaN : top == Infinity ? hasPosInf : top == -Infinity ? allMasked : usable;
  argMax = state == usable ? indexOf<T>(row, classes, <T>top) : -1;
  // Of zeros the first one's sign.
  if (state == usable) max = at<T>(row, argMax);
}

@inline
function laneOf<T>(v: v128, lane: i32): f64 {
  if (sizeof<T>() == 8) return f64x2.extract_lane(v, 1);
  if (lane == 1) return <f64>f32x4.extract_lane(v, 1);
  if (lane == 2) return <f64>f32x4.extract_lane(v, 2);
  return <f64>f32x4.extract_lane(v, 3);
}

/** Where a logit that the row has is first. */
@inline
function indexOf<T>(row: usize, classes: i32, value: T): i32 {
  const lanes = 16 / <i32>sizeof<T>();
  const whole = classes & ~(lanes - 1);
  const wanted = v128.splat<T>(value);
  let i = 0;
  for (; i < whole; i += lanes) {
    const found = v128.eq<T>(v128.load(row + <usize>i * sizeof<T>()), wanted);
    // A float64 is two lanes of 32 bits.
    if (v128.any_true(found)) return i + ctz(i32x4.bitmask(found)) / <i32>(sizeof<T>() / 4);
  }
  while (load<T>(row + <usize>i * sizeof<T>()) != value) i++;
  return i;
}

/** How many logits rank above the label's: larger ones, and equal ones before it. */
@inline
export function rankOf<T>(row: usize, classes: i32, label: i32): i32 {
  const value = load<T>(row + <usize>label * sizeof<T>());
  return (
    countFrom<T>(row, row + <usize>label * sizeof<T>(), value, true) +
    countFrom<T>(
      row + <usize>label * sizeof<T>(),
      row + <usize>classes * sizeof<T>(),
      value,
      false,
    )
  );
}

/** How many logits from one place up to another are larger than a value, or equal to it. */
@inline
function countFrom<T>(from: usize, end: usize, value: T, orEqual: bool): i32 {
  const wanted = v128.splat<T>(value);
  let counts = i32x4.splat(0);
  let p = from;
  for (; p + 16 <= end; p += 16) {
    const v = v128.load(p);
    const above = orEqual ? v128.ge<T>(v, wanted) : v128.gt<T>(v, wanted);
    counts = i32x4.sub(counts, above);
  }
  // A float64's mask fills two lanes.
  let count =
    (i32x4.extract_lane(counts, 0) +
      i32x4.extract_lane(counts, 1) +
      i32x4.extract_lane(counts, 2) +
      i32x4.extract_lane(counts, 3)) /
    <i32>(sizeof<T>() / 4);
  for (; p < end; p += sizeof<T>()) {
    const v = load<T>(p);
    if (v > value || (orEqual && v == value)) count++;
  }
  return count;
}

/** (v − max)/T for v ≤ max, as `scaledGap` in temperature.ts has it. */
@inline
export function scaledGap(v: f64, T: f64): f64 {
  if (v == max) return 0;
  const gap = v - max;
  if (gap != -Infinity) return gap / T;
  return v == -Infinity ? v : v / T - max / T;
}
