import { FormatError } from "../../formats/errors";
import { parseJson } from "../../formats/json/parseJson";
import type { JsonValue } from "../../formats";
import type { JsonMap } from "../logprobs/candidate";
import { skipValue } from "./members";
import { slice, type Place, type TextLines } from "./text";

/** An object that was read out of a text, and where it stands. */
export interface ReadObject {
  readonly map: JsonMap;
  readonly open: Place;
  readonly end: Place;
}

/** Longer objects are not read: it takes some milliseconds. */
const objectChars = 1 << 18;
const objectLines = 8000;

/**
 * The object that opens at a place.
 * @param telling what has to stand in it to be worth reading
 * @returns null where it is too long, unfinished, or none
 */
export function objectAt(text: TextLines, open: Place, telling: RegExp): ReadObject | null {
  const start = text.lineAt(open.line).substring(open.character, open.character + objectChars);
  if (start.length === objectChars && !telling.test(start)) return null;
  const end = skipValue(text, open, { chars: objectChars, lines: objectLines });
  const json = end && slice(text, open, end, objectChars);
  const value = json && telling.test(json) ? readJson(json) : null;
  return value instanceof Map ? { map: value as JsonMap, open, end: end! } : null;
}

/** A value as the readers of files have it; undefined for text that is none. */
export function readJson(json: string): JsonValue | undefined {
  try {
    return parseJson("", new TextEncoder().encode(json));
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
