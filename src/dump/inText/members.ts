import { containersAround } from "./containers";
import { keyBefore, type Key } from "./keys";
import { behind, charAt, everywhere, find, isBetween, isEscaped } from "./text";
import { isSame, nearby, next, previous } from "./text";
import type { Place, Reach, TextLines } from "./text";

/** A key of an object and where its value stands. */
export interface Member extends Key {
  readonly value: Place;
  /** Behind the value; null where that is too far, or not written yet. */
  readonly end: Place | null;
}

/** The brace that opens the object around a key; null where it is too far, or not there. */
export function objectAround(text: TextLines, key: Place): Place | null {
  const [innermost] = containersAround(text, key, nearby());
  return innermost && !innermost.isList ? innermost.open : null;
}

/** Characters that could be gone through in the time that a member takes. */
const memberCost = 1000;

/** A value of numbers whose end is known already, or else a place from which on to look for it. */
export interface Known extends Pick<Member, "value" | "end"> {
  readonly from: Place;
}

/** The members of an object, as far as they are written and within reach. */
export function membersOf(
  text: TextLines,
  brace: Place,
  known?: Known,
  reach = nearby(),
): Member[] {
  const members: Member[] = [];
  let at = next(text, behind(brace));
  while (at && charAt(text, at) === '"' && reach.chars > 0) {
    reach.chars -= memberCost;
    const quoteEnd = stringEnd(text, at);
    const colon = quoteEnd && next(text, quoteEnd);
    const key = colon && charAt(text, colon) === ":" ? keyBefore(text, colon) : null;
    const value = colon && next(text, behind(colon));
    if (!key || !value) break;
    const isKnown = known && isSame(value, known.value);
    const end = isKnown ? (known.end ?? endAhead(text, known.from)) : skipValue(text, value, reach);
    members.push({ ...key, value, end });
    const comma = end && next(text, end);
    at = comma && charAt(text, comma) === "," ? next(text, behind(comma)) : null;
  }
  return members;
}

/** The place behind a value; null where it is too far, or not written yet. */
export function skipValue(text: TextLines, value: Place, reach = nearby()): Place | null {
  const char = charAt(text, value);
  if (char === '"') return stringEnd(text, value);
  if (char === "[") {
    const end = skipNumbers(text, value);
    if (end !== null) return end ?? null;
  }
  if (char === "[" || char === "{") return skipNested(text, value, reach);
  const content = text.lineAt(value.line);
  const length = content.substring(value.character).search(/[\s,\]}]|$/);
  return { line: value.line, character: value.character + length };
}

/** The place behind a string. */
function stringEnd(text: TextLines, { line, character }: Place): Place | null {
  const end = skipString(text.lineAt(line), character);
  return end === null ? null : { line, character: end };
}

/** The column behind a string that opens at a column; null where it isn't closed. */
function skipString(content: string, open: number): number | null {
  let at = content.indexOf('"', open + 1);
  while (at >= 0 && isEscaped(content, at)) at = content.indexOf('"', at + 1);
  return at < 0 ? null : at + 1;
}

/**
 * Steps over a list of numbers of any length and depth.
 * @returns null where it holds anything else, undefined where its end is too far
 */
function skipNumbers(text: TextLines, list: Place): Place | null | undefined {
  let first = next(text, behind(list));
  while (first && charAt(text, first) === "[") first = next(text, behind(first));
  if (!first || !/[-\dnNI]/.test(charAt(text, first))) return null;
  const key = find(text, first, '"');
  return key === undefined ? undefined : endOfNumbers(text, first, key);
}

/** Further lines in which a key is looked for behind an array that was too long to count. */
const aheadLines = 1000;

/** The end of a list of numbers, from a place in it on, where a key follows; else it matters not. */
function endAhead(text: TextLines, from: Place): Place | null {
  const key = find(text, from, '"', { ...everywhere(), lines: aheadLines });
  return key ? endOfNumbers(text, from, key) : null;
}

/** It ends before the next key, or before the brace around it, whichever comes first. */
function endOfNumbers(text: TextLines, from: Place, key: Place | null): Place | null {
  // A brace is not searched for beyond the key: it may be far away, and so it would be for each list.
  const isLast = key === null || isBetween(text, from, key, "}");
  const follower = isLast ? find(text, from, "}") : key;
  return follower ? endBefore(text, follower) : null;
}

/** Behind the bracket that stands last before a place, with a comma at most between the two. */
function endBefore(text: TextLines, place: Place): Place | null {
  let at = previous(text, place);
  if (at && charAt(text, at) === ",") at = previous(text, at);
  return at && charAt(text, at) === "]" ? behind(at) : null;
}

/** Steps over a list or an object from mark to mark. */
function skipNested(text: TextLines, open: Place, reach: Reach): Place | null {
  let depth = 0;
  const marks = /["[\]{}]/g;
  for (let { line } = open; line < text.lineCount && reach.lines-- > 0; line++) {
    const start = line === open.line ? open.character : 0;
    const content = text.lineAt(line).substring(start, start + reach.chars);
    marks.lastIndex = 0;
    while (marks.test(content)) {
      const at = marks.lastIndex - 1;
      const char = content.charAt(at);
      if (char === '"') {
        const end = skipString(content, at);
        if (end === null) return null;
        marks.lastIndex = end;
      } else if (char === "[" || char === "{") depth++;
      else if (--depth === 0) return { line, character: start + at + 1 };
    }
    reach.chars -= content.length;
    if (reach.chars <= 0) return null;
  }
  return null;
}
