// The moments of one row on the 24 nodes of the profile's grid, in float32 with float64 sums. From
// node to node after next β doubles, and e^(−2x) = (e^−x)²: one exponential serves three nodes,
// no more, as squaring doubles its relative error. Logits that no longer count are dropped before
// each octave and a half (compaction).

import {
  exp2Fine,
  fine,
  lowestSingle,
  oneSingle,
  readSingle,
  roundSingle,
} from "./exponential";
import { total, widened } from "./lanes";
import { chunk, gaps, lanesToFront, moments, planeCount } from "./memory";

const momentCount: i32 = 3;
const nodeCount: i32 = 24;

/** A gap that counts nowhere, as of a masked logit; its square is far from float32's limits. */
const beyond: f32 = 8192;

/** 2^−62, below which a square would be a denormal, which processors are slow at. */
const smallestSquared = memory.data<f32>([2.168404344971009e-19]);

const log2e: f64 = 1.4426950408889634;

/** Float32 sums are added to float64 ones after so many bytes: 64 logits. */
const groupBytes: usize = 256;

/** The weights of a group. */
const weights = memory.data(256, 16);

/** β·log2 e of node j, exact: see `nodeBeta` in grid.ts. */
@inline
function nodeScale(j: i32): f32 {
  // Powers of two are exact: bits of the exponent, and √2 for odd distances from β = 1.
  const halves = j - 11;
  const whole = halves >> 1;
  const power = reinterpret<f64>(<u64>(1023 + whole) << 52);
  return <f32>(power * (halves & 1 ? 1.4142135623730951 * log2e : log2e));
}

/** β of node j. */
@inline
function nodeBeta(j: i32): f64 {
  return <f64>nodeScale(j) / log2e;
}

/**
 * The moments of a usable row.
 * @param cutoff a logit with βδ from here on may be left out
 */
@inline
export function computeMoments<T>(
  row: usize,
  classes: i32,
  max: f64,
  argMax: i32,
  cutoff: f32,
): void {
  memory.fill(moments, 0, planeCount * 8);
  for (let start = 0; start < classes; start += chunk) {
    const count = min(chunk, classes - start);
    loadGaps<T>(row + <usize>start * sizeof<T>(), count, max);
    if (argMax >= start && argMax < start + count) {
      store<f32>(gaps + (<usize>(argMax - start) << 2), beyond); // it is added in the end
    }
    addNodes(count, cutoff);
  }
  finish();
}

/** max − z as float32, padded to whole pairs of vectors. */
@inline
function loadGaps<T>(row: usize, count: i32, max: f64): void {
  const end = gaps + (<usize>count << 2);
  let from = row;
  for (let to = gaps; to < end; to += 16) {
    let gap: v128;
    if (sizeof<T>() == 4) {
      gap = f32x4.sub(f32x4.splat(<f32>max), v128.load(from));
    } else {
      const top = f64x2.splat(max);
      const low = f32x4.demote_f64x2_zero(f64x2.sub(top, v128.load(from)));
      const high = f32x4.demote_f64x2_zero(f64x2.sub(top, v128.load(from, 16)));
      gap = v128.shuffle<i32>(low, high, 0, 1, 4, 5);
    }
    v128.store(to, f32x4.pmin(gap, f32x4.splat(beyond)));
    from += 4 * sizeof<T>();
  }
  pad(count);
}

/** Ends the gaps with some that don't count. */
@inline
function pad(count: i32): void {
  v128.store(gaps + (<usize>count << 2), f32x4.splat(beyond));
  v128.store(gaps + (<usize>count << 2), f32x4.splat(beyond), 16);
}

/**
 * Compaction pays from β = 2.8 on: chains of three begin there, and what is left before is done by
 * chains of two.
 */
@inline
function addNodes(loaded: i32, cutoff: f32): void {
  addTwo(loaded, 0);
  addTwo(loaded, 1);
  addThree(loaded, 4);
  addThree(loaded, 5);
  addTwo(loaded, 10);
  addTwo(loaded, 11);
  let count = compact(loaded, cutoff / <f32>nodeBeta(14));
  addThree(count, 14);
  addThree(count, 15);
  count = compact(count, cutoff / <f32>nodeBeta(20));
  addTwo(count, 20);
  addTwo(count, 21);
}

function addTwo(count: i32, j: i32): void {
  addChain(count, j, false);
}

function addThree(count: i32, j: i32): void {
  addChain(count, j, true);
}

/** Keeps the gaps below a limit, in order. */
function compact(count: i32, limit: f32): i32 {
  const bound = f32x4.splat(limit);
  const end = gaps + (<usize>count << 2);
  let to = gaps;
  for (let from = gaps; from < end; from += 16) {
    const gap = v128.load(from);
    const kept = i32x4.bitmask(f32x4.lt(gap, bound));
    v128.store(to, v128.swizzle(gap, v128.load(lanesToFront + (<usize>kept << 4))));
    to += <usize>popcnt(kept) << 2;
  }
  const left = <i32>((to - gaps) >> 2);
  pad(left);
  return left;
}

/** Adds moments of the gap, not yet of βδ, on the nodes j, j + 2 and, of three, j + 4. */
@inline
function addChain(count: i32, j: i32, isThree: bool): void {
  const scale = f32x4.splat(-nodeScale(j));
  const end = gaps + (<usize>count << 2);
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let a2 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let c0 = a0;
  let c1 = a0;
  let c2 = a0;
  for (let group = gaps; group < end; group += groupBytes) {
    const bytes = min(groupBytes, end - group);
    putWeights(group, bytes, scale);
    let p0 = f32x4.splat(0);
    let p1 = p0;
    let p2 = p0;
    let q0 = p0;
    let q1 = p0;
    let q2 = p0;
    let r0 = p0;
    let r1 = p0;
    let r2 = p0;
    for (let at: usize = 0; at < bytes; at += 16) {
      const gap = v128.load(group + at);
      let e = v128.load(weights + at);
      let ge = f32x4.mul(gap, e);
      p0 = f32x4.add(p0, e);
      p1 = f32x4.add(p1, ge);
      p2 = f32x4.add(p2, f32x4.mul(gap, ge));
      e = squareOf(e);
      ge = f32x4.mul(gap, e);
      q0 = f32x4.add(q0, e);
      q1 = f32x4.add(q1, ge);
      q2 = f32x4.add(q2, f32x4.mul(gap, ge));
      if (isThree) {
        e = squareOf(e);
        ge = f32x4.mul(gap, e);
        r0 = f32x4.add(r0, e);
        r1 = f32x4.add(r1, ge);
        r2 = f32x4.add(r2, f32x4.mul(gap, ge));
      }
    }
    a0 = f64x2.add(a0, widened(p0));
    a1 = f64x2.add(a1, widened(p1));
    a2 = f64x2.add(a2, widened(p2));
    b0 = f64x2.add(b0, widened(q0));
    b1 = f64x2.add(b1, widened(q1));
    b2 = f64x2.add(b2, widened(q2));
    c0 = f64x2.add(c0, widened(r0));
    c1 = f64x2.add(c1, widened(r1));
    c2 = f64x2.add(c2, widened(r2));
  }
  addTo(j, a0, a1, a2);
  addTo(j + 2, b0, b1, b2);
  if (isThree) addTo(j + 4, c0, c1, c2);
}

/** The weights of a group of gaps, two vectors at a time, as for the sums. */
@inline
function putWeights(group: usize, bytes: usize, scale: v128): void {
  const lowest = readSingle(lowestSingle);
  const round = readSingle(roundSingle);
  const one = readSingle(oneSingle);
  const c0 = readSingle(fine);
  const c1 = readSingle(fine + 4);
  const c2 = readSingle(fine + 8);
  const c3 = readSingle(fine + 12);
  const c4 = readSingle(fine + 16);
  const c5 = readSingle(fine + 20);
  for (let at: usize = 0; at < bytes; at += 32) {
    const s = f32x4.pmax(f32x4.mul(v128.load(group + at), scale), lowest);
    const t = f32x4.pmax(f32x4.mul(v128.load(group + at, 16), scale), lowest);
    v128.store(weights + at, exp2Fine(s, round, one, c0, c1, c2, c3, c4, c5));
    v128.store(weights + at, exp2Fine(t, round, one, c0, c1, c2, c3, c4, c5), 16);
  }
}

@inline
function squareOf(e: v128): v128 {
  const root = f32x4.pmax(e, readSingle(smallestSquared));
  return f32x4.mul(root, root);
}

/** Adds both halves of float64 sums to the moments of node j. */
function addTo(j: i32, s0: v128, s1: v128, s2: v128): void {
  const place = moments + (<usize>(j * momentCount) << 3);
  store<f64>(place, load<f64>(place) + total(s0));
  store<f64>(place, load<f64>(place, 8) + total(s1), 8);
  store<f64>(place, load<f64>(place, 16) + total(s2), 16);
}

/** Adds the arg max, and makes moments of βδ out of those of δ. */
function finish(): void {
  for (let j = 0; j < nodeCount; j++) {
    const place = moments + (<usize>(j * momentCount) << 3);
    const beta = nodeBeta(j);
    store<f64>(place, load<f64>(place) + 1);
    store<f64>(place, load<f64>(place, 8) * beta, 8);
    store<f64>(place, load<f64>(place, 16) * (beta * beta), 16);
  }
}
