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

/**
 * The same for rows of any length and on any line, one by one. The loops over them are so small that
 * nobody waits for them to be compiled.
 */
function skipRows(text: TextLines, from: Place, row: Place | null, reach: Reach): Skipped {
  let { line, character } = from;
  let count = 0;
  while (reach.chars > 0 && reach.lines > 0) {
    const content = text.lineAt(line);
    const before = row?.line === line ? row.character : content.length;
    const rows = rowsInLine(content, character, before, reach.chars / callCost);
    reach.chars -= rows.end - character + rows.count * callCost;
    count += rows.count;
    character = rows.end;
    const next = rows.isLineDone ? rowAtStart(text, line + 1) : -1;
    if (next < 0) break;
    reach.lines--;
    count++;
    line++;
    character = next;
  }
  return { count, end: { line, character } };
}

/** Rows of a line that another follows on the line; `isLineDone` where one more is the line's last. */
function rowsInLine(content: string, from: number, before: number, most: number) {
  let count = 0;
  let end = from;
  for (; count < most; count++) {
    const next = nextRow(content, end, before);
    if (next < 0 || next === content.length) return { count, end, isLineDone: next >= 0 };
    end = next;
  }
  return { count, end, isLineDone: false };
}

/** The column of a row that a line starts with; −1 where it doesn't. */
function rowAtStart(text: TextLines, line: number): number {
  const content = line < text.lineCount ? text.lineAt(line) : "";
  const at = content.indexOf("[");
  return content.substring(0, at).trim() === "" ? at : -1;
}

/**
 * The column where the next row opens behind a row's comma, or where the line ends there; −1 where
 * the row ends otherwise, or not before a column.
 */
function nextRow(content: string, row: number, before: number): number {
  const close = content.indexOf("]", row);
  if (close < 0 || close >= before || content.charCodeAt(close + 1) !== comma) return -1;
  const at = content.charCodeAt(close + 2) === space ? close + 3 : close + 2;
  return at === content.length || content.charCodeAt(at) === bracket ? at : -1;
}

const comma = 0x2c;
const space = 0x20;
const bracket = 0x5b;
