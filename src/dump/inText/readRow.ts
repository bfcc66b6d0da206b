import type { Steps } from "../../core";
import { big, fault, NumberScanner } from "../../formats/json/numbers";
import { maskedNumber, numberWord } from "../jsonArray";
import { charAt, find, isBefore, next, slice, type Place, type TextLines } from "./text";

/** A list of numbers in a text. */
export interface RowText {
  /** Its numbers; what stands for a mask (`null`, −9999) is −∞. */
  readonly values: Float64Array;
  /** The entry under the cursor; null on a bracket, a comma or a blank. */
  readonly entry: number | null;
  /** Its closing bracket; null where the text has none yet. */
  readonly end: Place | null;
}

/** Characters read at a time: some milliseconds of work. */
const pieceChars = 1 << 17;

/** A longer string is no number. */
const longestWord = 64;

const encoder = new TextEncoder();

/**
 * Reads the list that opens at a place, with the reader of JSON files for its numbers. A list that
 * is being typed ends where the text does, or where the next key or a closing brace stands.
 * @returns null for a list of anything else, one that ends before the cursor, and an empty one
 */
export function* readRow(text: TextLines, open: Place, cursor: Place): Steps<RowText | null> {
  const plain = readPlain(text, open, cursor);
  if (plain) return plain;
  const entries = new Entries();
  let from = open.character + 1;
  for (let { line } = open; line < text.lineCount; line++, from = 0) {
    const content = text.lineAt(line);
    const close = content.indexOf("]", from);
    const end = close < 0 ? content.length : close;
    if (close >= 0 && isBefore({ line, character: close }, cursor)) return null;
    const under = line === cursor.line ? cursor.character : -1;
    while (from < end) {
      const to = pieceEnd(content, from, end);
      const stopped = entries.read(content, from, to, under);
      if (stopped !== null) {
        const place = { line, character: stopped };
        return isCut(text, place) && !isBefore(place, cursor) ? entries.take(null) : null;
      }
      from = to;
      yield;
    }
    if (close >= 0) return entries.take({ line, character: close });
  }
  return entries.take(null);
}

/**
 * The same by the platform's own reader, which needs no warming up, for a row of some length that
 * is all finite numbers; null for any other.
 */
function readPlain(text: TextLines, open: Place, cursor: Place): RowText | null {
  const end = find(text, open, "]", { chars: Infinity, lines: plainChars });
  if (!end || isBefore(end, cursor)) return null;
  const list = numbersIn(slice(text, open, end, plainChars));
  if (!list) return null;
  const values = Float64Array.from(list, value => (value === maskedNumber ? -Infinity : value));
  const around = text.lineAt(cursor.line).substring(cursor.character - 1, cursor.character + 1);
  const isOnEntry = isBefore(open, cursor) && /[^\s,[\]]/.test(around);
  const entry = isOnEntry ? slice(text, open, cursor, plainChars)!.split(",").length - 1 : null;
  return { values, entry, end };
}

/** Longer rows are read in pieces. */
const plainChars = 1 << 18;

/** The finite numbers of a list whose closing bracket was left out. */
function numbersIn(json: string | null): readonly number[] | null {
  if (json === null) return null;
  try {
    const list = JSON.parse(`${json}]`) as readonly unknown[];
    return list.length > 0 && list.every(Number.isFinite) ? (list as number[]) : null;
  } catch {
    return null;
  }
}

/** The end of a piece that cuts no number. */
function pieceEnd(content: string, from: number, end: number): number {
  if (end - from <= pieceChars) return end;
  const comma = content.lastIndexOf(",", from + pieceChars);
  return comma < from ? end : comma + 1;
}

/** Whether what can't belong to a list is what follows one whose bracket is still missing. */
function isCut(text: TextLines, place: Place): boolean {
  const char = charAt(text, place);
  if (char === "}") return true;
  if (char !== '"') return false;
  const quote = text.lineAt(place.line).indexOf('"', place.character + 1);
  const colon = quote >= 0 && next(text, { line: place.line, character: quote + 1 });
  return !!colon && charAt(text, colon) === ":";
}

/** Entries as they are read. */
class Entries {
  count = 0;
  private values = new Float64Array(1024);
  private entry: number | null = null;
  private readonly scanner = new NumberScanner();
  /** Whether a comma is missing before the next entry. */
  private isFilled = false;
  /** Whether an entry was begun and not finished, as in "[1, -": nothing but the end may follow. */
  private isPartial = false;

  /**
   * Takes the entries of a piece of a line.
   * @param under column of the cursor, −1 where it is in another line
   * @returns the column of what is no entry, null where all was taken
   */
  read(content: string, from: number, to: number, under: number): number | null {
    // Numbers are ASCII: up to the first character that can't belong to one, a byte is a column.
    const bytes = encoder.encode(content.substring(from, to));
    for (let at = 0; at < bytes.length;) {
      const byte = bytes[at];
      if (byte === 0x20 || byte === 0x09 || byte === 0x0d) at++;
      else if (byte === comma && !this.isPartial) {
        this.isFilled = false;
        at++;
      } else {
        if (this.isFilled || this.isPartial) return from + at;
        const end = this.token(bytes, at);
        if (end === at) return from + at;
        if (under >= from + at && under <= from + end) this.entry = this.count - 1;
        at = end;
      }
    }
    return null;
  }

  take(end: Place | null): RowText | null {
    if (this.count === 0 || (this.isPartial && end !== null)) return null;
    return { values: this.values.slice(0, this.count), entry: this.entry, end };
  }

  /** Takes one entry. @returns the offset behind it, `at` where there is none */
  private token(bytes: Uint8Array, at: number): number {
    const byte = bytes[at];
    if (byte === quote) {
      const end = bytes.indexOf(quote, at + 1);
      const isShort = end >= 0 && end - at <= longestWord;
      const value = isShort ? numberWord(textOf(bytes, at + 1, end)) : null;
      return value === null ? at : this.add(value, end + 1);
    }
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (isDigit || (byte === minus && bytes[at + 1] !== letterI)) {
      const found = this.scanner.scan(bytes, at, bytes.length);
      if (found === fault) {
        this.isPartial = true;
        return this.scanner.end > at ? this.scanner.end : at + 1;
      }
      return this.add(
        found === big ? Number(this.scanner.big) : this.scanner.value[0],
        this.scanner.end,
      );
    }
    for (const [word, value] of words) {
      if (textOf(bytes, at, at + word.length) === word) return this.add(value, at + word.length);
    }
    return at;
  }

  private add(value: number, end: number): number {
    if (this.count === this.values.length) {
      const larger = new Float64Array(2 * this.count);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.count++] = value === maskedNumber ? -Infinity : value;
    this.isFilled = true;
    return end;
  }
}

/** What JSON files have for numbers beside numbers. */
const words: readonly (readonly [string, number])[] = [
  ["null", maskedNumber],
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
];

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

const comma = 0x2c;
const quote = 0x22;
const minus = 0x2d;
const letterI = 0x49;
