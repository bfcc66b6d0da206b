import type { Steps } from "../../core";
import { arrayAround, type ArrayInText } from "./arrayAround";
import { companionsOf, type Companions } from "./companions";
import { isOtherKey, isScoresKey } from "./keys";
import type { Position } from "./positionOf";
import { readRow } from "./readRow";
import { behind, charAt, everywhere, findBack, previous } from "./text";
import type { Place, Reach, TextLines } from "./text";

/** A row of scores that is written in a text. */
export interface RowInText extends Companions, Position {
  readonly values: Float64Array;
  /** The entry under the cursor, or null. */
  readonly entry: number | null;
  /** From its opening bracket up to behind its closing one, or to the cursor where that is missing. */
  readonly open: Place;
  readonly end: Place;
  readonly array: ArrayInText;
}

/**
 * Which arrays count as scores: those under a key that says so, in a file of scores also those
 * under a key that says nothing or under none, or all of them.
 */
export type Scope = "scoresKeys" | "scoresFile" | "everyArray";

/**
 * Finds the row of scores around a cursor, outward from there: its cost is the row's, and that of
 * two searches through the text by the platform.
 * @param isLines whether each line is a document of its own (JSONL)
 * @param reach how far rows are counted
 * @returns null where no row of two scores or more is written
 */
export function* rowAt(
  text: TextLines,
  cursor: Place,
  scope: Scope,
  isLines: boolean,
  reach = everywhere,
): Steps<RowInText | null> {
  if (isLines) return yield* rowInLine(text, cursor, scope, reach);
  const open = opening(text, cursor);
  if (!open) return null;
  const row = yield* readRow(text, open, cursor);
  const classes = row?.values.length ?? 0;
  if (!row || classes < 2) return null;
  const { values, entry, end } = row;
  const around = yield* arrayAround(text, open, end, reach, array => isInScope(array, scope));
  if (!around) return null;
  const { array, position } = around;
  const companions = companionsOf(text, array, end ?? cursor, position, classes);
  // Sigmoids, as an open dump reads them: a row of them is no distribution.
  if (companions.isMultiLabel) return null;
  return {
    values,
    entry,
    open,
    end: end ? behind(end) : cursor,
    array,
    ...position,
    ...companions,
  };
}

/** The same with the line as the whole text. */
function* rowInLine(text: TextLines, { line, character }: Place, scope: Scope, reach: () => Reach) {
  const alone: TextLines = { lineCount: 1, lineAt: () => text.lineAt(line) };
  const row: RowInText | null = yield* rowAt(alone, { line: 0, character }, scope, false, reach);
  const there = (place: Place): Place => ({ line, character: place.character });
  if (!row) return null;
  const { key, open, rank } = row.array;
  const array = { key: key && { ...key, at: there(key.at) }, open: there(open), rank };
  return { ...row, open: there(row.open), end: there(row.end), array };
}

/** The bracket that would open the row, if there is one: the nearest before an entry or at the cursor. */
function opening(text: TextLines, cursor: Place): Place | null {
  const char = charAt(text, cursor);
  if (char === "[") return cursor;
  const before = previous(text, startOfWord(text, cursor));
  const isEntry = before !== null && /[[,]/.test(charAt(text, before));
  if (inWord.test(char) && !isEntry) return null;
  // An entry surely has a bracket, and a row may take a line for each.
  const reach = isEntry ? { chars: 1 << 26, lines: 1 << 20 } : everywhere();
  return findBack(text, cursor, "[", reach) ?? null;
}

/** What numbers, their words and strings of them are written with. */
const inWord = /[-+.\w"]/;

/** A longer one is part of a text. */
const longestWord = 1000;

/** Where the number or word at a place begins. */
function startOfWord(text: TextLines, { line, character }: Place): Place {
  const content = text.lineAt(line);
  let at = character;
  const first = Math.max(0, character - longestWord);
  while (at > first && inWord.test(content.charAt(at - 1))) at--;
  return { line, character: at };
}

function isInScope({ key }: ArrayInText, scope: Scope): boolean {
  if (scope === "everyArray") return true;
  if (key && isScoresKey(key.name)) return true;
  return scope === "scoresFile" && (!key || !isOtherKey(key.name));
}
