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
    const start = (line === from.line ? from.character : content.length) - 1;
    for (let at = start; at >= 0; at--) {
      if (reach.chars-- <= 0) return;
      const char = content.charCodeAt(at);
      if (char === quote) {
        const open = openingQuote(content, at);
        if (open === null) return;
        at = open;
      } else if (char === closeBracket || char === closeBrace) depth++;
      else if (char === comma && depth === 0) index++;
      else if (char === openBracket || char === openBrace) {
        if (depth > 0) depth--;
        else {
          const open = { line, character: at };
          yield { open, isList: char === openBracket, index, key: keyOf(text, open) };
          index = 0;
        }
      }
    }
  }
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

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
