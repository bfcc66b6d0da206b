import { keyBefore, openingQuote, type Key } from "./keys";
import { behind, charAt, find, isBetween, isEscaped, isSame, nearby, next, previous } from "./text";
import type { Place, Reach, TextLines } from "./text";

/** A key of an object and where its value stands. */
export interface Member extends Key {
  readonly value: Place;
  /** Behind the value; null where that is too far, or not written yet. */
  readonly end: Place | null;
}

/** The brace that opens the object around a key; null where it is too far, or not there. */
export function objectAround(text: TextLines, key: Place): Place | null {
  const reach = nearby();
  let depth = 0;
  for (let line = key.line; line >= 0 && reach.lines-- > 0; line--) {
    const content = text.lineAt(line);
    const start = (line === key.line ? key.character : content.length) - 1;
    for (let at = start; at >= 0 && reach.chars-- > 0; at--) {
      const char = content.charCodeAt(at);
      if (char === quote) {
        const open = openingQuote(content, at);
        if (open === null) return null;
        at = open;
      } else if (char === closeBracket || char === closeBrace) depth++;
      else if (char === openBracket || char === openBrace) {
        if (depth === 0) return char === openBrace ? { line, character: at } : null;
        depth--;
      }
    }
    if (reach.chars <= 0) return null;
  }
  return null;
}

/** Characters that could be gone through in the time that a member takes. */
const memberCost = 100;

/** A value whose end is known already. */
export type Known = Pick<Member, "value" | "end">;

/** The members of an object, as far as they are written and within reach. */
export function membersOf(text: TextLines, brace: Place, known?: Known): Member[] {
  const reach = nearby();
  const members: Member[] = [];
  let at = next(text, behind(brace));
  while (at && charAt(text, at) === '"' && reach.chars > 0) {
    reach.chars -= memberCost;
    const quoteEnd = skipString(text, at);
    const colon = quoteEnd && next(text, quoteEnd);
    const key = colon && charAt(text, colon) === ":" ? keyBefore(text, colon) : null;
    const value = colon && next(text, behind(colon));
    if (!key || !value) break;
    const end =
      known?.end && isSame(value, known.value) ? known.end : skipValue(text, value, reach);
    members.push({ ...key, value, end });
    const comma = end && next(text, end);
    at = comma && charAt(text, comma) === "," ? next(text, behind(comma)) : null;
  }
  return members;
}

/** The place behind a value; null where it is too far, or not written yet. */
export function skipValue(text: TextLines, value: Place, reach = nearby()): Place | null {
  const char = charAt(text, value);
  if (char === '"') return skipString(text, value);
  if (char === "[") return skipNumbers(text, value) ?? skipNested(text, value, reach);
  if (char === "{") return skipNested(text, value, reach);
  const content = text.lineAt(value.line);
  const length = content.substring(value.character).search(/[\s,\]}]|$/);
  return { line: value.line, character: value.character + length };
}

function skipString(text: TextLines, { line, character }: Place): Place | null {
  const content = text.lineAt(line);
  let at = content.indexOf('"', character + 1);
  while (at >= 0 && isEscaped(content, at)) at = content.indexOf('"', at + 1);
  return at < 0 ? null : { line, character: at + 1 };
}

/**
 * Steps over a list of numbers of any length and depth: it ends before the next key, or before the
 * brace around it, whichever comes first.
 * @returns null where it holds anything else
 */
function skipNumbers(text: TextLines, list: Place): Place | null {
  let first = next(text, behind(list));
  while (first && charAt(text, first) === "[") first = next(text, behind(first));
  if (!first || !/[-\dnNI]/.test(charAt(text, first))) return null;
  const key = find(text, first, '"');
  if (key === undefined) return null;
  // A brace is not searched for beyond the key: it may be far away, and so it would be for each list.
  const isLast = key === null || isBetween(text, first, key, "}");
  const follower = isLast ? find(text, first, "}") : key;
  return follower ? endBefore(text, follower) : null;
}

/** Behind the bracket that stands last before a place, with a comma at most between the two. */
function endBefore(text: TextLines, place: Place): Place | null {
  let at = previous(text, place);
  if (at && charAt(text, at) === ",") at = previous(text, at);
  return at && charAt(text, at) === "]" ? behind(at) : null;
}

/** Steps over a list or an object character by character. */
function skipNested(text: TextLines, open: Place, reach: Reach): Place | null {
  let depth = 0;
  for (let { line } = open; line < text.lineCount && reach.lines-- > 0; line++) {
    const content = text.lineAt(line);
    const start = line === open.line ? open.character : 0;
    for (let at = start; at < content.length; at++) {
      if (reach.chars-- <= 0) return null;
      const char = content.charCodeAt(at);
      if (char === quote) {
        const end = skipString(text, { line, character: at });
        if (!end) return null;
        at = end.character - 1;
      } else if (char === openBracket || char === openBrace) depth++;
      else if (char === closeBracket || char === closeBrace) {
        if (--depth === 0) return { line, character: at + 1 };
      }
    }
  }
  return null;
}

const quote = 0x22;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
