import { keyBefore, openingQuote, type Key } from "./keys";
import { behind, charAt, findBack, isEscaped, previous } from "./text";
import type { Place, Reach, TextLines } from "./text";

/** A list or an object around a place. */
export interface Container {
  readonly open: Place;
  readonly isList: boolean;
  /** How many entries stand before the one that the place is in. */
  readonly index: number;
  /** The key it stands under; null for an entry of a list, and for the whole text. */
  readonly key: Key | null;
}

/** Characters in which the platform looks for marks at a time. */
const piece = 1 << 13;

/**
 * The lists and objects around a place, outward, as far as the reach goes.
 * @param from a place outside of strings
 */
export function* containersAround(
  text: TextLines,
  from: Place,
  reach: Reach,
): Generator<Container, void, undefined> {
  let depth = 0;
  let index = 0;
  for (let line = from.line; line >= 0 && reach.lines-- > 0; line--) {
    const content = text.lineAt(line);
    let end = line === from.line ? from.character : content.length;
    while (end > 0) {
      if (reach.chars <= 0) return;
      const start = Math.max(0, end - Math.min(piece, reach.chars));
      reach.chars -= end - start;
      for (const mark of marksIn(content.substring(start, end)).reverse()) {
        const at = start + mark;
        // It stands in the string that was stepped over.
        if (at >= end) continue;
        if (depth === 0) index += commasIn(content, at, end);
        end = at;
        const char = content.charAt(at);
        if (char === '"') {
          const open = openingQuote(content, at);
          if (open === null) return;
          reach.chars += at - Math.max(open, start);
          end = open;
        } else if (char === "]" || char === "}") depth++;
        else if (depth > 0) depth--;
        else {
          const open = { line, character: at };
          yield { open, isList: char === "[", index, key: keyOf(text, open) };
          index = 0;
        }
      }
      if (depth === 0 && start < end) index += commasIn(content, start, end);
      end = Math.min(start, end);
    }
  }
}

/** Where quotation marks, brackets and braces stand. */
function marksIn(part: string): number[] {
  const found: number[] = [];
  for (const marks = /["[\]{}]/g; marks.test(part);) found.push(marks.lastIndex - 1);
  return found;
}

function commasIn(content: string, from: number, to: number): number {
  const part = content.substring(from, to);
  let count = 0;
  for (let at = part.indexOf(","); at >= 0; at = part.indexOf(",", at + 1)) count++;
  return count;
}

/**
 * Whether there can be an object around a place: a brace within reach before it. The platform tells
 * sooner than the containers would.
 */
export function isNearObject(text: TextLines, { line, character }: Place, reach: Reach): boolean {
  return !!findBack(text, { line, character: character + 1 }, "{", reach);
}

/**
 * The places outside of strings from which to look for what is around a cursor, the likelier first:
 * whether it is in a string can't be told without all of its line, so the nearest quotation mark
 * is tried as one that opens a string, and as one that closes one.
 */
export function outsideStrings(text: TextLines, cursor: Place): Place[] {
  const { line, character } = cursor;
  const here = /[[{]/.test(charAt(text, cursor)) ? behind(cursor) : cursor;
  const reach = { chars: stringChars, lines: 1 };
  let mark = findBack(text, cursor, '"', reach);
  while (mark && isEscaped(text.lineAt(line), mark.character)) {
    mark = findBack(text, mark, '"', reach);
  }
  if (!mark || character === 0) return [here];
  const before = previous(text, mark);
  const opensString = !before || /[[{,:]/.test(charAt(text, before));
  return opensString ? [mark, here] : [here, mark];
}

/** A string of an answer around a cursor is no longer. */
const stringChars = 1 << 16;

function keyOf(text: TextLines, open: Place): Key | null {
  const before = previous(text, open);
  return before && charAt(text, before) === ":" ? keyBefore(text, before) : null;
}
