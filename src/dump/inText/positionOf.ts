import type { Steps } from "../../core";
import type { ArrayInText } from "./arrayAround";
import { countedBefore, keepCounted, Marks } from "./counted";
import { skipRows, skipShortRows } from "./skipRows";
import { behind, callCost, charAt, find, isBefore, next } from "./text";
import type { Place, Reach, TextLines } from "./text";

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
 * Counts the lists that close before a row, which is its index, and after it, which is the shape;
 * in an array that was counted to its end before, those from the mark before the row.
 * @param row the row's opening bracket
 * @param rowEnd its closing one, if it is known
 * @returns null where the array ends before the row
 */
export function* positionOf(
  text: TextLines,
  { open, rank }: ArrayInText,
  row: Place,
  rowEnd: Place | null,
  reach: Reach,
): Steps<Position | null> {
  const counted = countedBefore(text, open, row);
  if (counted && !isBefore(row, counted.arrayEnd)) return null;
  const marks = new Marks(open, rank);
  const start = counted ?? marks.before(row);
  /** Lists closed so far within the one around them, the innermost first. */
  const closed = [...start.closed];
  const sizes = new Array<number | null>(rank - 1).fill(null);
  const found = (index: readonly number[] | null, arrayEnd: Place | null): Position => {
    return { index, sizes: [...sizes].reverse(), arrayEnd };
  };
  const length = rowEnd?.line === row.line ? rowEnd.character - row.character : Infinity;
  if (!counted && isTooFar(open, row, length, reach)) return found(null, null);
  let index: number[] | null = null;
  let level = 0;
  let { at } = start;
  const pass = (place: Place, rows: number) => {
    at = place;
    closed[0] += rows;
    marks.add(at, closed);
  };
  if (rank > 1) yield* skipShortRows(text, at, row, reach, pass);
  for (;;) {
    if (level === 0 && rank > 1) yield* skipRows(text, at, index ? null : row, reach, pass);
    const close = find(text, at, "]", reach);
    if (!index && level === 0 && close !== undefined && !(close && isBefore(close, row))) {
      index = [...closed].reverse();
      if (counted) return { index, sizes: counted.sizes, arrayEnd: counted.arrayEnd };
      if (rank > 1) {
        if (isEndTooFar(text, row, length, reach)) return found(index, null);
        yield* skipShortRows(text, row, null, reach, pass);
        continue;
      }
    }
    if (!close) return found(index, null);
    if (level > 0) {
      sizes[level - 1] = closed[level - 1];
      closed[level - 1] = 0;
    }
    at = behind(close);
    if (++level === rank) {
      const whole = found(index, at);
      keepCounted(text, open, { ...whole, arrayEnd: at, marks });
      return index && whole;
    }
    closed[level - 1]++;
    const follower = next(text, at);
    const char = follower ? charAt(text, follower) : "";
    if (char === "]") continue;
    const list = char === "," ? next(text, behind(follower!)) : null;
    // It ends here: a bracket is missing, or it ended before.
    if (!list || charAt(text, list) !== "[") return index && found(index, null);
    level = 0;
    pass(list, 0);
    yield;
  }
}

/** Whether it takes more than the reach from one place to another, past rows of some length. */
function isTooFar(from: Place, to: Place, length: number, reach: Reach): boolean {
  if (to.line > from.line) return to.line - from.line > reach.lines;
  return ((to.character - from.character) / length) * callCost > reach.chars;
}

/** Whether as many rows as can be counted, all as long as this one, are left without a key behind. */
function isEndTooFar(text: TextLines, row: Place, length: number, reach: Reach): boolean {
  const content = text.lineAt(row.line);
  const most = row.character + (reach.chars / callCost) * length;
  return most < content.length && !content.substring(row.character, most).includes('"');
}
