// The kernel's exports. Rows come in batches; what is left of each row lies at fixed places, where
// simdKernel.ts picks it up.

import { computeGapMoments, gapVariance, meanGap, ties, unmasked } from "./gapMoments";
import * as places from "./memory";
import { float32, float64, bfloat16, batchRows, planeCount, rowFields } from "./memory";
import { argMax, at, findPeak, largest, max, rankOf, scaledGap, state, takeTop, usable } from "./peak";
import { computeMoments } from "./profile";
import { addRow } from "./probabilities";
import {
  first,
  nextLargest,
  rest,
  second,
  squares,
  sumDouble,
  sumSingle,
  sumSingleMoments,
  weightOf,
} from "./sums";
import { narrowGaps, widenBfloat16, widenFloat16 } from "./widen";

export { roomStart } from "./memory";

export function labelsAt(): usize {
  return places.labels;
}

export function rowNumbersAt(): usize {
  return places.rowNumbers;
}

export function planesAt(): usize {
  return places.planes;
}

export function totalsAt(): usize {
  return places.totals;
}

export function foundProbabilitiesAt(): usize {
  return places.foundProbabilities;
}

export function foundClassesAt(): usize {
  return places.foundClasses;
}

const log2e: f64 = 1.4426950408889634;

function itemSize(type: i32): usize {
  return type == float32 ? 4 : type == float64 ? 8 : 2;
}

/** The label of a row of the batch; −1 for none. */
function labelOf(r: i32): i32 {
  return load<i32>(places.labels + (<usize>r << 2));
}

/** Where a row's numbers go. */
function numbersOf(r: i32): usize {
  return places.rowNumbers + <usize>(r * rowFields) * 8;
}

/** Where the float32 of a row are that is not of float64: in scratch, if they were halves. */
function singles(type: i32, row: usize, classes: i32, scratch: usize): usize {
  if (type == float32) return row;
  if (type == bfloat16) widenBfloat16(row, classes, scratch);
  else widenFloat16(row, classes, scratch);
  return scratch;
}

/** Codes of precisions. */
const double: i32 = 0;
const moments: i32 = 2;

/**
 * Leaves of each row the ten numbers of `Kernel.sumRows`.
 * @param block where the first row begins
 * @param scratch room for the float32 of one row and 16 bytes
 * @param T such that c = log2 e/T is far from the limits of float32 or float64
 */
export function sumRows(
  type: i32,
  block: usize,
  rows: i32,
  classes: i32,
  scratch: usize,
  T: f64,
  precision: i32,
): void {
  const withMoments = precision == moments;
  if (precision != double && type == float32) return glanceRows(block, rows, classes, T, withMoments);
  const stride = itemSize(type) * <usize>classes;
  for (let r = 0; r < rows; r++) {
    const row = block + <usize>r * stride;
    const label = labelOf(r);
    const out = numbersOf(r);
    if (precision == double) {
      if (type == float64) sumRow<f64>(row, classes, label, T, out);
      else sumRow<f32>(singles(type, row, classes, scratch), classes, label, T, out);
    } else {
      if (type == float64) glanceDouble(row, classes, label, scratch, T, withMoments, out);
      else glanceRow(singles(type, row, classes, scratch), classes, label, T, withMoments, out);
    }
  }
}

/** What float32 sums leave of rows of float32, one upon the other. */
function glanceRows(block: usize, rows: i32, classes: i32, T: f64, withMoments: bool): void {
  const stride = <usize>classes << 2;
  let row = block;
  let top = <f32>largest<f32>(row, classes);
  for (let r = 0; r < rows; r++) {
    const next = r + 1 < rows ? row + stride : row;
    const found = glance(row, next, classes, top, labelOf(r), T, withMoments, numbersOf(r));
    top = found ? nextLargest : <f32>largest<f32>(next, classes);
    row = next;
  }
}

/** Of one of them. Returns whether the next one's largest was found, as it is if this can be used. */
function glance(
  row: usize,
  next: usize,
  classes: i32,
  top: f32,
  label: i32,
  T: f64,
  withMoments: bool,
  out: usize,
): bool {
  takeTop<f32>(row, classes, top);
  if (state == usable) {
    const Z = sumSingles(row, next, classes, <f32>max, T, withMoments);
    const labelled = label < 0 ? NaN : at<f32>(row, label);
    if (Z == Z) {
      writeGlance(Z, labelled, T, out);
      return true;
    }
  }
  findPeak<f32>(row, classes);
  leaveOut(out);
  return false;
}

function sumSingles(
  row: usize,
  next: usize,
  classes: i32,
  max: f32,
  T: f64,
  withMoments: bool,
): f64 {
  const c = <f32>(log2e / T);
  return withMoments
    ? sumSingleMoments(row, next, classes, max, c)
    : sumSingle(row, next, classes, max, c);
}

/** Of a row without others. */
function glanceRow(
  row: usize,
  classes: i32,
  label: i32,
  T: f64,
  withMoments: bool,
  out: usize,
): void {
  glance(row, row, classes, <f32>largest<f32>(row, classes), label, T, withMoments, out);
}

/** Of one of float64: gaps are taken in float64, so that logits of 1e4 keep them. */
function glanceDouble(
  row: usize,
  classes: i32,
  label: i32,
  scratch: usize,
  T: f64,
  withMoments: bool,
  out: usize,
): void {
  findPeak<f64>(row, classes);
  if (state != usable) return leaveOut(out);
  narrowGaps(row, classes, max, scratch);
  const labelled = label < 0 ? NaN : at<f64>(row, label);
  const Z = sumSingles(scratch, scratch, classes, 0, T, withMoments);
  writeGlance(Z, labelled, T, out);
}

/** Sums in units of t = d·c become those of `RowSums`, where c is the float32 that they were made with. */
function writeGlance(Z: f64, labelled: f64, T: f64, out: usize): void {
  const c = <f64>(<f32>(log2e / T));
  store<f64>(out, <f64>argMax);
  store<f64>(out, max, 8);
  store<f64>(out, Z - 1, 16);
  store<f64>(out, first / c, 24);
  store<f64>(out, second / c / c, 32);
  store<f64>(out, NaN, 40);
  store<f64>(out, max - labelled, 48);
  store<f64>(out, scaledGap(labelled, T), 56);
  store<f64>(out, -1, 64);
  store<f64>(out, usable, 72);
}

/** What "double" leaves of a row of T. */
@inline
function sumRow<T>(row: usize, classes: i32, label: i32, temperature: f64, out: usize): void {
  findPeak<T>(row, classes);
  if (state != usable) return leaveOut(out);
  let labelled: f64 = NaN;
  let rank: f64 = -1;
  if (label >= 0) {
    labelled = at<T>(row, label);
    rank = <f64>rankOf<T>(row, classes, label);
  }
  const top = row + <usize>argMax * sizeof<T>();
  store<T>(top, -Infinity as T);
  sumDouble<T>(row, classes, max, log2e / temperature);
  store<T>(top, <T>max);
  writeSums(label, labelled, rank, temperature, log2e / temperature, out);
}

/** The same of sums in float64. The label's own square is taken off again. */
function writeSums(label: i32, labelled: f64, rank: f64, T: f64, c: f64, out: usize): void {
  let others = squares;
  if (label != argMax) {
    const w = label < 0 ? 0 : weightOf(labelled - max, c);
    others += 1 - w * w;
  }
  store<f64>(out, <f64>argMax);
  store<f64>(out, max, 8);
  store<f64>(out, rest, 16);
  store<f64>(out, first / c, 24);
  store<f64>(out, second / c / c, 32);
  store<f64>(out, others, 40);
  store<f64>(out, max - labelled, 48);
  store<f64>(out, scaledGap(labelled, T), 56);
  store<f64>(out, rank, 64);
  store<f64>(out, usable, 72);
}

function leaveOut(out: usize): void {
  store<f64>(out, -1);
  for (let field: usize = 8; field < 64; field += 8) store<f64>(out + field, NaN);
  store<f64>(out, -1, 64);
  store<f64>(out, state, 72);
}

/**
 * Leaves of each row its moments in the planes, and: state, max, arg max, ties, unmasked, mean
 * gap, variance, label's gap, label's rank. Arguments as for `sumRows`.
 * @param cutoff a logit with βδ from here on may be left out
 */
export function profileRows(
  type: i32,
  block: usize,
  rows: i32,
  classes: i32,
  scratch: usize,
  cutoff: f32,
): void {
  const stride = itemSize(type) * <usize>classes;
  for (let r = 0; r < rows; r++) {
    const row = block + <usize>r * stride;
    if (type == float64) profileRow<f64>(row, classes, r, cutoff);
    else profileRow<f32>(singles(type, row, classes, scratch), classes, r, cutoff);
  }
}

function profileRow<T>(row: usize, classes: i32, r: i32, cutoff: f32): void {
  const out = numbersOf(r);
  findPeak<T>(row, classes);
  store<f64>(out, state);
  if (state != usable) return;
  computeGapMoments<T>(row, classes, max);
  store<f64>(out, max, 8);
  store<f64>(out, <f64>argMax, 16);
  store<f64>(out, <f64>ties, 24);
  store<f64>(out, <f64>unmasked, 32);
  store<f64>(out, meanGap, 40);
  store<f64>(out, gapVariance, 48);
  const label = labelOf(r);
  if (label >= 0) {
    store<f64>(out, max - at<T>(row, label), 56);
    store<f64>(out, <f64>rankOf<T>(row, classes, label), 64);
  }
  computeMoments<T>(row, classes, max, argMax, cutoff);
  for (let p = 0; p < planeCount; p++) {
    const place = places.planes + (<usize>(p * batchRows + r) << 2);
    store<f32>(place, <f32>load<f64>(places.moments + (<usize>p << 3)));
  }
}

/**
 * Adds the probabilities of `count` classes of a row, at most `chunk`, to the totals, and leaves
 * those from a threshold on with their classes, counted from the first one here.
 * @param at where the first of these classes stands
 * @param scratch room for their float32 and 16 bytes
 * @param max the row's largest logit
 * @param Z the sum of the row's weights
 * @returns how many it left
 */
export function addProbabilities(
  type: i32,
  at: usize,
  count: i32,
  scratch: usize,
  T: f64,
  max: f64,
  Z: f64,
  threshold: f64,
): i32 {
  const c = log2e / T;
  if (type == float64) return addRow<f64>(at, count, max, c, 1 / Z, threshold);
  const row = singles(type, at, count, scratch);
  return addRow<f32>(row, count, max, c, 1 / Z, threshold);
}
