import type { Steps } from "../../core";
import { limits } from "../../formats/limits";
import { keyBefore, type Key } from "./keys";
import { positionOf, type Position } from "./positionOf";
import { behind, charAt, findBack, isBefore, next, previous } from "./text";
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

/** An array with a row's place in it. */
interface PlacedArray {
  readonly array: ArrayInText;
  readonly position: Position;
}

/** Colons are searched for so far before the start of the text is looked at. */
const near = (): Reach => ({ chars: 1 << 18, lines: 1000 });

/**
 * Finds the array around a row, and the row's place in it: by the nearest colon before the row, as
 * among numbers there is none, and outside of strings each follows a key. Where that is far, the
 * last array to open at the start of the text is the one around the row if it goes on up to there,
 * which has to be gone through anyway.
 * @param row the row's opening bracket
 * @param rowEnd its closing one, if it is known
 * @param reach how far rows are counted
 * @param isWanted for which arrays they are
 * @returns null where the row is part of no such array: of a string, of a mixed list
 */
export function* arrayAround(
  text: TextLines,
  row: Place,
  rowEnd: Place | null,
  reach: () => Reach,
  isWanted: (array: ArrayInText) => boolean,
): Steps<PlacedArray | null> {
  if (!canStandHere(text, row)) return null;
  function* withPosition(array: ArrayInText | null): Steps<PlacedArray | null> {
    if (!array || !isWanted(array)) return null;
    const position = yield* positionOf(text, array, row, rowEnd, reach());
    return position && { array, position };
  }
  const colon = findBack(text, row, ":", near());
  if (colon !== undefined) return yield* withPosition(arrayBehind(text, colon, row));
  const first = yield* withPosition(arrayAtStart(text, row));
  if (first?.position.index) return first;
  const far = findBack(text, row, ":", reach());
  if (far !== undefined) return yield* withPosition(arrayBehind(text, far, row));
  // Millions of short lines are too many to go through.
  return first && isAsFarIndented(text, first.array, row) ? first : null;
}

/** The array that opens behind a colon, or that the text is, if it can have such a row. */
function arrayBehind(text: TextLines, colon: Place | null, row: Place): ArrayInText | null {
  const key = colon && keyBefore(text, colon);
  const open = next(text, colon ? behind(colon) : { line: 0, character: 0 });
  if ((colon && !key) || !open || charAt(text, open) !== "[") return null;
  const rank = rankOf(text, open, row);
  return rank === null ? null : { key, open, rank };
}

/** Lines, or characters of the only line, in which an array opens that fills most of a text. */
const startLines = 1000;
const startChars = 1 << 16;

/** The last array to open at the start of the text. */
function arrayAtStart(text: TextLines, row: Place): ArrayInText | null {
  const end =
    text.lineCount > startLines
      ? { line: startLines, character: 0 }
      : { line: 0, character: startChars };
  const colon = findBack(text, end, ":");
  return colon === undefined ? null : arrayBehind(text, colon, row);
}

function isAsFarIndented(text: TextLines, array: ArrayInText, row: Place): boolean {
  const indent = ({ line, character }: Place) => text.lineAt(line).slice(0, character);
  return indent(innermost(text, array.open).open) === indent(row);
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
