import { runSteps } from "../../../src/core/steps";
import { rowAt, type RowInText, type Scope } from "../../../src/dump/inText/rowAt";
import { tokenAt, type TokenInText } from "../../../src/dump/inText/tokenAt";
import type { Place, TextLines } from "../../../src/dump/inText/text";

/** A text as an editor holds it: lines without their ends. */
export function linesOf(text: string): TextLines {
  const lines = text.split(/\r?\n/);
  return { lineCount: lines.length, lineAt: line => lines[line] };
}

/** The place of an offset. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split(/\r?\n/);
  return { line: before.length - 1, character: before.at(-1)!.length };
}

/** The row at the mark `|`, which says where the mouse is. */
export function rowIn(marked: string, scope: Scope = "scoresKeys", isLines = false) {
  const { text, offset } = unmarked(marked);
  return rowAtOffset(text, offset, scope, isLines);
}

function unmarked(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf("|");
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** The token of an answer at the mark. */
export function tokenIn(marked: string, isLines = false): TokenInText | null {
  const { text, offset } = unmarked(marked);
  return tokenAtOffset(text, offset, isLines);
}

export function tokenAtOffset(text: string, offset: number, isLines = false): TokenInText | null {
  return tokenAt(linesOf(text), placeOf(text, offset), isLines);
}

export function rowAtOffset(
  text: string,
  offset: number,
  scope: Scope = "scoresKeys",
  isLines = false,
): RowInText | null {
  return runSteps(rowAt(linesOf(text), placeOf(text, offset), scope, isLines));
}
