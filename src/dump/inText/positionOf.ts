import type { ArrayInText } from "./arrayAround";
import { behind, callCost, charAt, everywhere, find, isBefore, next } from "./text";
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
  const length = rowEnd?.line === row.line ? rowEnd.character - row.character : Infinity;
  if (isTooFar(open, row, length, reach)) return found(null, null);
  let index: number[] | null = null;
  let level = 0;
  let at = open;
  const skip = (rows: Skipped) => {
    closed[0] += rows.count;
    at = rows.end;
  };
  if (rank > 1) skip(skipShortRows(text, open, row, reach));
  for (;;) {
    if (level === 0 && rank > 1) skip(skipRows(text, at, index ? null : row, reach));
    const close = find(text, at, "]", reach);
    if (!index && level === 0 && close !== undefined && !(close && isBefore(close, row))) {
      index = [...closed].reverse();
      if (rank > 1) {
        if (isEndTooFar(text, row, length, reach)) return found(index, null);
        skip(skipShortRows(text, row, null, reach));
        continue;
      }
    }
    if (!close) return found(index, null);
    if (level > 0) {
      sizes[level - 1] = closed[level - 1];
      closed[level - 1] = 0;
    }
    at = behind(close);
    if (++level === rank) return index && found(index, at);
    closed[level - 1]++;
    const follower = next(text, at);
    const char = follower ? charAt(text, follower) : "";
    if (char === "]") continue;
    const list = char === "," ? next(text, behind(follower!)) : null;
    // It ends here: a bracket is missing, or it ended before.
    if (!list || charAt(text, list) !== "[") return index && found(index, null);
    level = 0;
    at = list;
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

/** Rows that were stepped over, and where the next one opens. */
interface Skipped {
  readonly count: number;
  readonly end: Place;
}

/** Shorter rows are so many that even a call for each would take long. */
const shortRow = 512;
const piece = 1 << 16;

/**
 * Steps over short rows of a line, by the piece: up to a row, or while each has a comma right behind
 * it and another row next.
 */
function skipShortRows(text: TextLines, from: Place, row: Place | null, reach: Reach): Skipped {
  const { line } = from;
  let { character } = from;
  const content = text.lineAt(line);
  const last = row?.line === line ? row.character : content.length - 1;
  let count = 0;
  while (reach.chars > 0 && content.indexOf("]", character) < character + shortRow) {
    const part = content.substring(character, Math.min(last + 1, character + piece));
    const next = part.lastIndexOf("[");
    const rest = part.substring(0, next + 1).replace(/\](?=, *\[)/g, "");
    if (next <= 0 || rest.includes("]")) break;
    const rows = next + 1 - rest.length;
    reach.chars -= next + rows * callCost;
    character += next;
    count += rows;
  }
  return { count, end: { line, character } };
}

/** The same for rows of any length and on any line, one by one. */
function skipRows(text: TextLines, from: Place, row: Place | null, reach: Reach): Skipped {
  let { line, character } = from;
  let content = text.lineAt(line);
  let count = 0;
  while (reach.chars > 0 && reach.lines > 0) {
    const close = content.indexOf("]", character);
    const isHere = close >= 0 && (row?.line !== line || close < row.character);
    if (!isHere || content.charCodeAt(close + 1) !== comma) break;
    const isLast = close + 2 === content.length && line + 1 < text.lineCount;
    const following = isLast ? text.lineAt(line + 1) : content;
    let after = isLast ? 0 : close + 2;
    while (following.charCodeAt(after) === space) after++;
    if (following.charCodeAt(after) !== bracket) break;
    reach.chars -= close - character + callCost;
    if (isLast) reach.lines--;
    line += isLast ? 1 : 0;
    character = after;
    content = following;
    count++;
  }
  return { count, end: { line, character } };
}

const comma = 0x2c;
const space = 0x20;
const bracket = 0x5b;
