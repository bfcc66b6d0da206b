import type { Steps } from "../../core";
import { callCost, type Place, type Reach, type TextLines } from "./text";

/** Told of a row's opening bracket that was come to, and of the rows that ended since the last time. */
type Pass = (at: Place, rows: number) => void;

/** Shorter rows are so many that even a call for each would take long. */
const shortRow = 512;
const piece = 1 << 16;

/**
 * Steps over short rows of a line, by the piece: up to a row, or while each has a comma right behind
 * it and another row next.
 */
export function* skipShortRows(
  text: TextLines,
  { line, character: from }: Place,
  row: Place | null,
  reach: Reach,
  pass: Pass,
): Steps<void> {
  const content = text.lineAt(line);
  const last = row?.line === line ? row.character : content.length - 1;
  let character = from;
  while (reach.chars > 0 && content.indexOf("]", character) < character + shortRow) {
    const part = content.substring(character, Math.min(last + 1, character + piece));
    const next = part.lastIndexOf("[");
    const rest = part.substring(0, next + 1).replace(/\](?=, *\[)/g, "");
    if (next <= 0 || rest.includes("]")) break;
    const rows = next + 1 - rest.length;
    reach.chars -= next + rows * callCost;
    character += next;
    pass({ line, character }, rows);
    yield;
  }
}

/**
 * The same for rows of any length and on any line, one by one. The loops over them are so small that
 * nobody waits for them to be compiled.
 */
export function* skipRows(
  text: TextLines,
  from: Place,
  row: Place | null,
  reach: Reach,
  pass: Pass,
): Steps<void> {
  let { line, character } = from;
  while (reach.chars > 0 && reach.lines > 0) {
    const content = text.lineAt(line);
    const before = row?.line === line ? row.character : content.length;
    const rows = rowsInLine(content, character, before, reach.chars / callCost);
    reach.chars -= rows.end - character + rows.count * callCost;
    character = rows.end;
    pass({ line, character }, rows.count);
    if (rows.isPiece || line % lines === 0) yield;
    if (rows.isPiece) continue;
    const next = rows.isLineDone ? rowAtStart(text, line + 1) : -1;
    if (next < 0) break;
    reach.lines--;
    line++;
    character = next;
    pass({ line, character }, 1);
  }
}

/** Characters of a line, and lines, gone through in one go. */
const longPiece = 1 << 20;
const lines = 64;

/**
 * Rows of a line that another follows on the line; `isLineDone` where one more is the line's last,
 * `isPiece` where more may follow.
 */
function rowsInLine(content: string, from: number, before: number, most: number) {
  let count = 0;
  let end = from;
  for (; count < most && end - from < longPiece; count++) {
    const next = nextRow(content, end, before);
    if (next < 0 || next === content.length) {
      return { count, end, isLineDone: next >= 0, isPiece: false };
    }
    end = next;
  }
  return { count, end, isLineDone: false, isPiece: true };
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
