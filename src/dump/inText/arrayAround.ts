import { keyBefore, type Key } from "./keys";
import { behind, charAt, find, findBack, isBefore, next, previous } from "./text";
import type { Place, Reach, TextLines } from "./text";

/** The array that a row belongs to: the row itself, or a list of such rows, and so on. */
export interface ArrayInText {
  /** The key it stands under; null where it is the whole text. */
  readonly key: Key | null;
  /** Its opening bracket. */
  readonly open: Place;
  /** Its axes: how many lists are open inside each other at a number. */
  readonly rank: number;
}

/** Where a row stands in its array, by all axes but the last. */
export interface Position {
  /** The row's index along each; null where that is too far to count. */
  readonly index: readonly number[] | null;
  /** The sizes; null for each that is too far to count, or whose end isn't written yet. */
  readonly sizes: readonly (number | null)[];
}

/**
 * Finds the array around a row by the nearest colon before it: among numbers there is none, and
 * outside of strings each follows a key.
 * @param row the row's opening bracket
 * @returns null where the row is no JSON array: part of a string, of a mixed list
 */
export function arrayAround(text: TextLines, row: Place, reach: Reach): ArrayInText | null {
  if (!canStandHere(text, row)) return null;
  const colon = findBack(text, row, ":", reach);
  if (colon === undefined) return null;
  const key = colon && keyBefore(text, colon);
  const open = next(text, colon ? behind(colon) : { line: 0, character: 0 });
  if ((colon && !key) || !open || charAt(text, open) !== "[") return null;
  const rank = rankOf(text, open, row);
  return rank === null ? null : { key, open, rank };
}

/** Whether a list may open here: behind a key, an opening bracket or another list, or at the start. */
function canStandHere(text: TextLines, row: Place): boolean {
  const before = previous(text, row);
  if (!before) return true;
  const char = charAt(text, before);
  if (char !== ",") return char === ":" || char === "[";
  const last = previous(text, before);
  return last !== null && charAt(text, last) === "]";
}

/** Opening brackets that the array starts with, one an axis; null where the row is not behind them. */
function rankOf(text: TextLines, open: Place, row: Place): number | null {
  let rank = 1;
  let innermost = open;
  for (;;) {
    const inner = next(text, behind(innermost));
    if (!inner || charAt(text, inner) !== "[") break;
    innermost = inner;
    rank++;
  }
  if (rank === 1 && isBefore(open, row)) return null;
  return isBefore(row, innermost) ? null : rank;
}

/** Closing brackets that are counted at most: some milliseconds. */
const maxClosings = 200_000;

/**
 * Counts the lists that close before a row, which is its index, and after it, which is the shape.
 * @param row the row's opening bracket
 * @returns null where the array ends before the row
 */
export function positionOf(
  text: TextLines,
  { open, rank }: ArrayInText,
  row: Place,
  reach: Reach,
): Position | null {
  /** Lists closed so far within the one around them, the innermost first. */
  const closed = new Array<number>(rank - 1).fill(0);
  const sizes = new Array<number | null>(rank - 1).fill(null);
  const outermostFirst = <T>(axes: readonly T[]) => [...axes].reverse();
  let index: number[] | null = rank === 1 ? [] : null;
  let level = 0;
  let at: Place | null | undefined = open;
  for (let count = 0; rank > 1 && count < maxClosings; count++) {
    at = find(text, at, "]", reach);
    if (at === null) index ??= outermostFirst(closed);
    if (!at) break;
    if (level === 0 && !index && !isBefore(at, row)) index = outermostFirst(closed);
    if (level > 0) {
      sizes[level - 1] = closed[level - 1];
      closed[level - 1] = 0;
    }
    if (++level === rank) return index && { index, sizes: outermostFirst(sizes) };
    closed[level - 1]++;
    at = behind(at);
    const follower = next(text, at);
    if (!follower) break;
    const char = charAt(text, follower);
    if (char !== "]") level = 0;
    // It ends here: a bracket is missing, or it ended before.
    if (char !== "]" && char !== ",") return index && { index, sizes: outermostFirst(sizes) };
  }
  return { index, sizes: outermostFirst(sizes) };
}
