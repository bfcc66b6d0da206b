import { limits } from "../../formats/limits";
import { keyBefore, type Key } from "./keys";
import { behind, callCost, charAt, everywhere, find, findBack } from "./text";
import { isBefore, next, previous, type Place, type Reach, type TextLines } from "./text";

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
  /** Behind the array, where it was counted to its end. */
  readonly arrayEnd: Place | null;
}

/**
 * Finds the array around a row by the nearest colon before it: among numbers there is none, and
 * outside of strings each follows a key.
 * @param row the row's opening bracket
 * @returns null where the row is no JSON array: part of a string, of a mixed list
 */
export function arrayAround(text: TextLines, row: Place, reach = everywhere()): ArrayInText | null {
  if (!canStandHere(text, row)) return null;
  const colon = findBack(text, row, ":", reach);
  return colon === undefined ? arrayAtStart(text, row) : arrayBehind(text, colon, row);
}

/** The array that opens behind a colon, or that the text is, if it can have such a row. */
function arrayBehind(text: TextLines, colon: Place | null, row: Place): ArrayInText | null {
  const key = colon && keyBefore(text, colon);
  const open = next(text, colon ? behind(colon) : { line: 0, character: 0 });
  if ((colon && !key) || !open || charAt(text, open) !== "[") return null;
  const rank = rankOf(text, open, row);
  return rank === null ? null : { key, open, rank };
}

/** Lines at the start of a text in which an array opens that fills most of it. */
const startLines = 1000;

/**
 * Millions of short lines are too many to go through: there the last array to open at the start of
 * the text is taken for the one around the row, if its rows are as far indented.
 */
function arrayAtStart(text: TextLines, row: Place): ArrayInText | null {
  const reach = { chars: Infinity, lines: startLines };
  const colon = findBack(text, { line: startLines, character: 0 }, ":", reach);
  const array = colon === undefined ? null : arrayBehind(text, colon, row);
  if (!array) return null;
  const first = innermost(text, array.open).open;
  const indent = ({ line, character }: Place) => text.lineAt(line).slice(0, character);
  return indent(first) === indent(row) ? array : null;
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
function rankOf(text: TextLines, array: Place, row: Place): number | null {
  const { open, rank } = innermost(text, array);
  if (rank === 1 && isBefore(open, row)) return null;
  return isBefore(row, open) ? null : rank;
}

/** The last of the opening brackets that an array starts with, and how many they are. */
export function innermost(text: TextLines, array: Place): { open: Place; rank: number } {
  let open = array;
  for (let rank = 1; ; rank++) {
    const inner = next(text, behind(open));
    if (!inner || charAt(text, inner) !== "[" || rank === limits.dims) return { open, rank };
    open = inner;
  }
}

/**
 * Counts the lists that close before a row, which is its index, and after it, which is the shape.
 * @param row the row's opening bracket
 * @param rowEnd its closing one, if it is known
 * @returns null where the array ends before the row
 */
export function positionOf(
  text: TextLines,
  { open, rank }: ArrayInText,
  row: Place,
  rowEnd: Place | null,
  reach = everywhere(),
): Position | null {
  /** Lists closed so far within the one around them, the innermost first. */
  const closed = new Array<number>(rank - 1).fill(0);
  const sizes = new Array<number | null>(rank - 1).fill(null);
  const found = (index: readonly number[] | null, arrayEnd: Place | null): Position => {
    return { index, sizes: [...sizes].reverse(), arrayEnd };
  };
  if (isTooFar(open, row, rowEnd, reach)) return found(null, null);
  let index: number[] | null = null;
  let level = 0;
  let at: Place | null | undefined = open;
  for (;;) {
    if (level === 0 && rank > 1) {
      const rows = skipRows(text, at, index ? null : row, reach);
      closed[0] += rows.count;
      at = rows.end;
    }
    at = find(text, at, "]", reach);
    if (!index && level === 0 && at !== undefined && !(at && isBefore(at, row))) {
      index = [...closed].reverse();
    }
    if (!at) return found(index, null);
    if (level > 0) {
      sizes[level - 1] = closed[level - 1];
      closed[level - 1] = 0;
    }
    at = behind(at);
    if (++level === rank) return index && found(index, at);
    closed[level - 1]++;
    const follower = next(text, at);
    const char = follower ? charAt(text, follower) : "";
    if (char !== "]") level = 0;
    // It ends here: a bracket is missing, or it ended before.
    if (char !== "]" && char !== ",") return index && found(index, null);
  }
}

/** Whether a row's index is surely out of reach, by the lines or the rows as long as it before it. */
function isTooFar(open: Place, row: Place, rowEnd: Place | null, reach: Reach): boolean {
  if (row.line > open.line) return row.line - open.line > reach.lines;
  if (rowEnd?.line !== row.line) return false;
  const rows = (row.character - open.character) / (rowEnd.character - row.character);
  return rows * callCost > reach.chars;
}

/** Steps over rows of the same line that each have a comma right behind them. */
function skipRows(text: TextLines, from: Place, row: Place | null, reach: Reach) {
  const { line } = from;
  const content = text.lineAt(line);
  const before = row?.line === line ? row.character : content.length;
  let at = from.character;
  let count = 0;
  while (reach.chars > 0) {
    const close = content.indexOf("]", at);
    if (close < 0 || close >= before || content.charCodeAt(close + 1) !== comma) break;
    reach.chars -= close - at + callCost;
    at = close + 2;
    count++;
  }
  return { count, end: { line, character: at } };
}

const comma = 0x2c;
