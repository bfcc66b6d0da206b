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
  takeTop<T>(row, classes, largest<T>(row, classes));
  if (hasNaNs<T>(row, classes)) leaveOutAs(hasNaN);
}

/**
 * The same where the largest logit is known, of a row without NaN; in one that has some, the state
 * is not to be relied on.
 */
@inline
export function takeTop<T>(row: usize, classes: i32, top: f64): void {
  max = top;
  if (max == Infinity) return leaveOutAs(hasPosInf);
  if (max == -Infinity) return leaveOutAs(allMasked);
  state = usable;
  argMax = indexOf<T>(row, classes, <T>max);
  // Of zeros the first one's sign.
  max = at<T>(row, argMax);
}

function leaveOutAs(why: f64): void {
  state = why;
  argMax = -1;
}

/** Where whole groups of four vectors end. */
@inline
function wholeEnd<T>(row: usize, classes: i32): usize {
  return row + ((<usize>classes * sizeof<T>()) & ~63);
}

/** The largest logit; NaN is passed over, and −∞ if there is nothing else. */
@inline
export function largest<T>(row: usize, classes: i32): f64 {
  const end = row + <usize>classes * sizeof<T>();
  const whole = wholeEnd<T>(row, classes);
  let a = v128.splat<T>(-Infinity as T);
  let b = a;
  let c = a;
  let d = a;
  let p = row;
  for (; p < whole; p += 64) {
    // The second operand wins only where it is larger: NaN never does.
    a = v128.pmax<T>(a, v128.load(p));
    b = v128.pmax<T>(b, v128.load(p, 16));
    c = v128.pmax<T>(c, v128.load(p, 32));
    d = v128.pmax<T>(d, v128.load(p, 48));
  }
  a = v128.pmax<T>(v128.pmax<T>(a, b), v128.pmax<T>(c, d));
  let top = <f64>v128.extract_lane<T>(a, 0);
  for (let lane = 1; lane < 16 / <i32>sizeof<T>(); lane++) {
    const v = laneOf<T>(a, lane);
    if (v > top) top = v;
  }
  for (; p < end; p += sizeof<T>()) {
    const v = <f64>load<T>(p);
    if (v > top) top = v;
  }
  return top;
}

@inline
function hasNaNs<T>(row: usize, classes: i32): bool {
  const end = row + <usize>classes * sizeof<T>();
  const whole = wholeEnd<T>(row, classes);
  let found = i32x4.splat(0);
  let p = row;
  for (; p < whole; p += 64) {
    found = v128.or(found, unordered<T>(v128.load(p), v128.load(p, 16)));
    found = v128.or(found, unordered<T>(v128.load(p, 32), v128.load(p, 48)));
  }
  if (v128.any_true(found)) return true;
  for (; p < end; p += sizeof<T>()) {
    const v = load<T>(p);
    if (v != v) return true;
  }
  return false;
}

@inline
function unordered<T>(v: v128, w: v128): v128 {
  return v128.or(v128.ne<T>(v, v), v128.ne<T>(w, w));
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
  const whole = wholeEnd<T>(row, classes);
  const wanted = v128.splat<T>(value);
  let p = row;
  for (; p < whole; p += 64) {
    const first = v128.or(v128.eq<T>(v128.load(p), wanted), v128.eq<T>(v128.load(p, 16), wanted));
    const last = v128.or(v128.eq<T>(v128.load(p, 32), wanted), v128.eq<T>(v128.load(p, 48), wanted));
    if (v128.any_true(v128.or(first, last))) break;
  }
  while (load<T>(p) != value) p += sizeof<T>();
  return <i32>((p - row) / sizeof<T>());
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
export function countFrom<T>(from: usize, end: usize, value: T, orEqual: bool): i32 {
  const wanted = v128.splat<T>(value);
  let counts = i32x4.splat(0);
  let p = from;
  for (; p + 64 <= end; p += 64) {
    const first = i32x4.add(above<T>(p, wanted, orEqual), above<T>(p + 16, wanted, orEqual));
    const last = i32x4.add(above<T>(p + 32, wanted, orEqual), above<T>(p + 48, wanted, orEqual));
    counts = i32x4.sub(counts, i32x4.add(first, last));
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

/** −1 in the lanes of those that are. */
@inline
function above<T>(p: usize, wanted: v128, orEqual: bool): v128 {
  const v = v128.load(p);
  return orEqual ? v128.ge<T>(v, wanted) : v128.gt<T>(v, wanted);
}

/** (v − max)/T for v ≤ max, as `scaledGap` in temperature.ts has it. */
@inline
export function scaledGap(v: f64, T: f64): f64 {
  if (v == max) return 0;
  const gap = v - max;
  if (gap != -Infinity) return gap / T;
  return v == -Infinity ? v : v / T - max / T;
}
