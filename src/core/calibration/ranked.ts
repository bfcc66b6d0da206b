import type { Scored } from "./bins";

/** Used rows side by side. */
export interface UsedRows {
  readonly confidence: Float64Array;
  /** 1 for a row that is right. */
  readonly correct: Uint8Array;
}

/** The used rows by rising confidence, equal ones in the order of the rows. */
export type Ranked = UsedRows & { readonly isRanked: true };

/** A digit has 11 bits at most; each half of a float64 has three of them. */
const digitBits = 11;
const digitsOfHalf = 3;
const radix = 1 << digitBits;

/**
 * Sorts the used rows once for all that looks at their order. A radix sort, several times faster
 * than one that compares: the bits of floats ≥ 0 rise with their values. Halves of a float lie as
 * on every little-endian machine, which is every one that this runs on.
 * @param scored no confidence that is used may be negative, −0 or NaN
 */
export function rankRows(scored: Scored): Ranked {
  let from = takeUsed(scored);
  const rows = from.confidence.length;
  let to: UsedRows = { confidence: new Float64Array(rows), correct: new Uint8Array(rows) };
  const starts = new Uint32Array(radix);
  for (let digit = 0; digit < 2 * digitsOfHalf; digit++) {
    const half = digit < digitsOfHalf ? 0 : 1;
    const shift = digitBits * (digit % digitsOfHalf);
    if (!findStarts(from.confidence, half, shift, starts)) continue;
    moveByDigit(from, to, half, shift, starts);
    [from, to] = [to, from];
  }
  return { ...from, isRanked: true };
}

/** Where rows of each value of a digit begin; false if all have the same. */
function findStarts(
  confidence: Float64Array,
  half: number,
  shift: number,
  starts: Uint32Array,
): boolean {
  const words = new Uint32Array(confidence.buffer);
  starts.fill(0);
  for (let at = half; at < words.length; at += 2) starts[(words[at] >>> shift) & (radix - 1)]++;
  let sum = 0;
  let largest = 0;
  for (let d = 0; d < radix; d++) {
    const count = starts[d];
    if (count > largest) largest = count;
    starts[d] = sum;
    sum += count;
  }
  return largest < confidence.length;
}

function moveByDigit(
  from: UsedRows,
  to: UsedRows,
  half: number,
  shift: number,
  starts: Uint32Array,
): void {
  const { confidence, correct } = from;
  const words = new Uint32Array(confidence.buffer);
  for (let r = 0; r < confidence.length; r++) {
    const place = starts[(words[2 * r + half] >>> shift) & (radix - 1)]++;
    to.confidence[place] = confidence[r];
    to.correct[place] = correct[r];
  }
}

/** The used rows in their own order, in arrays of their own. */
export function takeUsed({ confidence, correct, used }: Scored): UsedRows {
  let rows = 0;
  for (let r = 0; r < used.length; r++) rows += used[r];
  const out = { confidence: new Float64Array(rows), correct: new Uint8Array(rows) };
  for (let r = 0, at = 0; r < used.length; r++) {
    if (used[r] === 0) continue;
    out.confidence[at] = confidence[r];
    out.correct[at++] = correct[r];
  }
  return out;
}
