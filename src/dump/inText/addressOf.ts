import type { Steps } from "../../core";
import { nameOfPath, type Path } from "../logprobs/sequences";
import type { Slicing } from "../reading";
import { arrayAround } from "./arrayAround";
import { membersOf, skipValue } from "./members";
import { behind, charAt, isBefore, isSame, next, unlimited } from "./text";
import type { Place, TextLines } from "./text";

/** A row as an open dump knows it. */
export interface RowAddress {
  /** Its array's name: the keys that lead to it, with points between. */
  readonly name: string;
  /** The row's number in that array, as it is sliced. */
  readonly row: number;
  /** How the array is sliced so that the row is among those shown. */
  readonly slicing: Slicing;
}

/**
 * Finds out where a row stands in its whole document, from the start of the text: for a person who
 * asked to open it, as this takes as long as there is text.
 * @param row the row's opening bracket
 * @returns null where no reader of files would find the row
 */
export function* addressOf(
  text: TextLines,
  row: Place,
  isLines: boolean,
): Steps<RowAddress | null> {
  if (isLines) {
    const alone: TextLines = { lineCount: 1, lineAt: () => text.lineAt(row.line) };
    const found = yield* positionIn(alone, { line: 0, character: row.character });
    const path = found && (yield* pathTo(alone, found.open));
    return path && addressIn([recordAt(text, row.line), ...path], found.index);
  }
  const found = yield* positionIn(text, row);
  const path = found && (yield* pathTo(text, found.open));
  return path && addressIn(path, found.index);
}

/**
 * The name that an open dump has for the text whose list of tokens opens at a place, likewise.
 * @returns null where the place is not in the document
 */
export function* tokensNameOf(
  text: TextLines,
  list: Place,
  isLines: boolean,
): Steps<string | null> {
  if (!isLines) {
    const path = yield* pathTo(text, list);
    return path && nameOfPath(path);
  }
  const alone: TextLines = { lineCount: 1, lineAt: () => text.lineAt(list.line) };
  const path = yield* pathTo(alone, { line: 0, character: list.character });
  return path && nameOfPath([recordAt(text, list.line), ...path]);
}

/** Number of the record on a line: blank lines are none. */
function recordAt(text: TextLines, line: number): number {
  const before = Array.from({ length: line }, (_, i) => text.lineAt(i));
  return before.filter(content => content.trim() !== "").length;
}

/** The array around a row and the row's index in it, however far the two reach. */
function* positionIn(text: TextLines, row: Place) {
  const around = yield* arrayAround(text, row, null, unlimited, () => true);
  const index = around?.position.index;
  return index ? { open: around!.array.open, index } : null;
}

/** The path from the start of the text to a value. */
function* pathTo(text: TextLines, target: Place): Steps<Path | null> {
  const path: Path = [];
  let value = next(text, { line: 0, character: 0 });
  while (value && !isSame(value, target)) {
    const inner: Entry | null = yield* entryWith(text, value, target);
    if (!inner) return null;
    path.push(inner.key);
    value = inner.value;
  }
  return value && path;
}

interface Entry {
  readonly key: string | number;
  readonly value: Place;
}

/** The entry of an object or a list in which a place lies. */
function* entryWith(text: TextLines, outer: Place, target: Place): Steps<Entry | null> {
  const holds = (value: Place, end: Place | null) =>
    !isBefore(target, value) && (!end || isBefore(target, end));
  const char = charAt(text, outer);
  if (char === "{") {
    const found = membersOf(text, outer, undefined, unlimited()).find(({ value, end }) =>
      holds(value, end),
    );
    return found ? { key: found.name, value: found.value } : null;
  }
  if (char !== "[") return null;
  let value = next(text, behind(outer));
  for (let i = 0; value && !isBefore(target, value); i++) {
    const end = skipValue(text, value, unlimited());
    if (holds(value, end)) return { key: i, value };
    const comma = end && next(text, end);
    value = comma && next(text, behind(comma));
    yield;
  }
  return null;
}

/** A dump's file is an object, or a list of records, whose number is one more axis. */
function addressIn(path: Path, own: readonly number[]): RowAddress | null {
  const [first, ...others] = path;
  const isRecord = typeof first === "number";
  const keys = isRecord ? others : path;
  if (!keys.every(key => typeof key === "string") || (isRecord && keys.length > 1)) return null;
  const index = isRecord ? [first, ...own] : own;
  const rows = index.length === 0 ? [] : [...index.slice(0, -1), null];
  const slicing = { classAxis: index.length, at: [...rows, null] };
  return { name: keys.join("."), row: index.at(-1) ?? 0, slicing };
}
