import type { Reason } from "../errors";
import type { JsonValue } from "../index";
import { limits } from "../limits";
import { afterNumber, closed, runMargin, runScanner, type RunScanner } from "./numberRun";
import { big, fault, NumberScanner } from "./numbers";
import type { NumberRun } from "./numberStore";
import { JsonFault, newline } from "./place";
import { decodeUtf8, scanString, StringFault } from "./strings";
import { ValueStack } from "./valueStack";

export interface ParseOptions {
  /** For headers: a key twice, NaN, and numbers other than plain digits are errors. */
  readonly strict?: boolean;
}

/** Rows of a list that were read by themselves. */
export interface Rows extends NumberRun {
  /** Offset of the first row that was not read. */
  readonly end: number;
  /** Number of rows, and the shape of each. */
  readonly shape: readonly number[];
}

/** What may come next. */
type Expected = "value" | "first" | "after" | "firstName" | "name" | "colon" | "nothing";

/** No token but strings and numbers is longer, and no fault is told apart by more bytes. */
const tokenMargin = 16;

const tooMany = "holds too many values to keep in memory; save it as .npy or split it.";

/**
 * Parses a text that comes in windows. What is open is kept on a stack of its own, so that it can
 * stop at the end of any window; lists of numbers go to the store at once, and a list of equally
 * long ones is counted, not kept row by row.
 */
export class JsonParser {
  /** Whether a value ends with its line at the latest. */
  inLines = false;
  /** Whether `feed` stops where `takeRows` could go on. */
  pausesAtRows = false;
  private readonly values = new ValueStack();
  private readonly scanner = new NumberScanner();
  /** Takes lists of usual numbers; all are read without it, only slower. */
  private readonly runs: RunScanner | null;
  private readonly strict: boolean;
  private expected: Expected = "value";

  private bytes: Uint8Array = new Uint8Array();
  private at = 0;
  private end = 0;
  private last = false;

  constructor({ strict = false }: ParseOptions = {}) {
    this.strict = strict;
    this.runs = strict ? null : runScanner();
  }

  /** True when a whole value has been read. */
  get done(): boolean {
    return this.expected === "nothing";
  }

  /** True before anything but blanks has been read. */
  get untouched(): boolean {
    return this.values.depth === 0 && this.expected === "value";
  }

  /** The value that was read. From here on the parser is ready for another one. */
  take(): JsonValue {
    const value = this.values.result;
    this.reset();
    return value;
  }

  /** Forgets a value that could not be read. */
  reset(): void {
    this.values.reset();
    this.expected = "value";
  }

  /**
   * Gives it the bytes to read, up to `end`.
   * @param last whether the text ends there; else a token that reaches there is left for later
   */
  lookAt(bytes: Uint8Array, end: number, last: boolean): void {
    this.bytes = bytes;
    this.end = end;
    this.last = last;
    this.runs?.forget();
  }

  /**
   * Reads on in the bytes, up to the end of a whole value.
   * @returns the offset behind what was taken
   * @throws JsonFault
   */
  feed(start: number): number {
    this.at = start;
    try {
      while (this.step());
    } catch (error) {
      // A typed array, string or Map that the machine has no room for.
      if (error instanceof RangeError) throw new JsonFault(this.at, "TOO_LARGE", tooMany);
      throw error;
    }
    return this.at;
  }

  /**
   * Looks that nothing but blanks follows a value.
   * @returns the offset behind them
   * @throws JsonFault
   */
  expectEnd(start: number): number {
    this.at = start;
    this.skipBlanks();
    if (!this.atEnd(this.at)) this.fail(this.at, "there is more after the end of the value");
    return this.at;
  }

  /**
   * Reads rows of a list, from the bracket of one up to that of another: see `scanRows`.
   * @param to the first row that starts here or later is not read
   */
  feedRows(bytes: Uint8Array, start: number, to: number): Rows {
    const { values } = this;
    values.clear();
    values.open(false);
    this.lookAt(bytes, bytes.length, false);
    this.at = start;
    this.expected = "value";
    const { frame, store } = values;
    let end = start;
    let length = 0;
    let rows = 0;
    try {
      do {
        if (values.depth > 1 || this.expected !== "value") continue;
        this.skipBlanks();
        if (this.peek() !== openBracket || frame.items) break;
        end = this.at;
        rows = frame.count;
        length = store.length;
      } while (end < to && this.step() && values.depth > 0);
    } catch (error) {
      if (!(error instanceof JsonFault || error instanceof RangeError)) throw error;
      // What is wrong is told by who reads the document in order.
    }
    store.truncate(length);
    return { end, shape: [rows, ...frame.inner], ...store.toRun() };
  }

  /** Whether a row is the next thing that may come in a list of rows. */
  get atRows(): boolean {
    return this.expected === "value" && this.values.isMatrix;
  }

  /** Takes over rows that were read elsewhere. False, and nothing done, where they don't fit. */
  takeRows({ shape, numbers, nulls }: Rows): boolean {
    return this.atRows && this.values.addRows(shape, { numbers, nulls });
  }

  /** One token, or one run of numbers. False where nothing more can be taken. */
  private step(): boolean {
    if (this.expected === "nothing") return false;
    this.skipBlanks();
    if (this.at >= this.end && !this.last) return false;
    if (this.pausesAtRows && this.atRows) return false;
    switch (this.expected) {
      case "first":
        if (this.peek() === closeBracket) return this.close();
        this.expected = "value";
        return true;
      case "value":
        return this.value();
      case "after":
        return this.after();
      case "firstName":
        if (this.peek() === closeBrace) return this.close();
        return this.name();
      case "name":
        return this.name();
      case "colon":
        if (this.peek() !== colon) return this.fail(this.at, "a colon is missing");
        this.at++;
        this.expected = "value";
        return true;
    }
  }

  private value(): boolean {
    const byte = this.peek();
    if ((byte >= 0x30 && byte <= 0x39) || byte === minus) return this.number();
    switch (byte) {
      case quoteMark:
        return this.string();
      case openBracket:
      case openBrace:
        return this.open(byte === openBrace);
      default:
        return this.word(this.at, 1);
    }
  }

  /** A comma, or the end of the innermost list or object. */
  private after(): boolean {
    const isObject = this.values.frame.object !== null;
    const byte = this.peek();
    if (byte === comma) {
      this.at++;
      this.expected = isObject ? "name" : "value";
      return true;
    }
    if (byte === (isObject ? closeBrace : closeBracket)) return this.close();
    const bracket = isObject ? "brace" : "bracket";
    return this.fail(this.at, `a comma or a closing ${bracket} is missing`);
  }

  private open(isObject: boolean): boolean {
    if (this.values.depth === limits.jsonDepth) {
      const what = `it is nested more than ${limits.jsonDepth} levels deep`;
      return this.fail(this.at, what, "TOO_DEEP");
    }
    this.values.open(isObject);
    this.expected = isObject ? "firstName" : "first";
    this.at++;
    return true;
  }

  private close(): boolean {
    this.at++;
    this.values.close();
    return this.added();
  }

  /** A value is whole. */
  private added(): true {
    this.expected = this.values.depth === 0 ? "nothing" : "after";
    return true;
  }

  private name(): boolean {
    if (this.peek() !== quoteMark) return this.fail(this.at, "a name in double quotes is missing");
    const scanned = this.scanString();
    if (!scanned) return false;
    if (this.strict && this.values.frame.object!.has(scanned.text)) {
      this.at = scanned.end;
      return this.fail(this.at, "a name stands twice");
    }
    this.values.name(scanned.text);
    this.at = scanned.end;
    this.expected = "colon";
    return true;
  }

  private string(): boolean {
    const scanned = this.scanString();
    if (!scanned) return false;
    this.at = scanned.end;
    this.values.addString(scanned.text);
    return this.added();
  }

  /** Null where the string goes on behind the window. */
  private scanString(): { text: string; end: number } | null {
    const scanned = scanString(this.bytes, this.at + 1, this.end, this.last);
    if (!(scanned instanceof StringFault)) return scanned;
    this.fail(scanned.at, scanned.what, scanned.badEncoding ? "BAD_ENCODING" : "BAD_JSON");
    return null;
  }

  private number(): boolean {
    const { scanner, values } = this;
    if (this.runs && values.takesNumbers() && this.run(this.runs)) return true;
    const found = scanner.scan(this.bytes, this.at, this.end);
    if (scanner.end >= this.end && !this.last) return false;
    if (found === fault) {
      const isInfinity = this.peek() === minus && this.bytes[this.at + 1] === 0x49;
      if (isInfinity && this.at + 1 < this.end) return this.word(this.at + 1, -1);
      return this.fail(scanner.end, "a number is not written as JSON writes it");
    }
    if (this.strict && !scanner.plain) return this.fail(this.at, "a whole number is missing");
    this.at = scanner.end;
    if (found === big) values.addBig(scanner.big);
    else values.addNumber(scanner.value[0]!);
    return this.added();
  }

  /** Takes as many usual numbers as come. False, and nothing done, where none does. */
  private run(runs: RunScanner): boolean {
    const { values } = this;
    const limit = this.end - runMargin;
    if (this.at >= limit) return false;
    const stop = runs.scan(this.bytes, this.at, limit, this.inLines, values.store);
    if (runs.count === 0) return false;
    values.frame.count += runs.count;
    this.at = runs.at;
    if (stop === closed) {
      this.at--;
      return this.close();
    }
    this.expected = stop === afterNumber ? "after" : "value";
    return true;
  }

  /** A literal at an offset. @param sign −1 where a minus stands before it */
  private word(at: number, sign: number): boolean {
    const literal = at < this.end ? literals.get(this.bytes[at]!) : undefined;
    if (!literal) return this.fail(at, "a value is missing");
    const [text, value] = literal;
    for (let i = 0; i < text.length; i++) {
      if (at + i >= this.end || this.bytes[at + i] !== text.charCodeAt(i)) {
        return this.fail(at + i, `${text} is misspelt`);
      }
    }
    if (this.strict && typeof value === "number") return this.fail(at, "a value is missing");
    this.at = at + text.length;
    const { values } = this;
    if (typeof value === "number") values.addNumber(sign * value);
    else if (value === null && values.takesNumbers() && !this.strict) values.addNull();
    else values.addWord(value);
    return this.added();
  }

  /** The next byte, 0 at the end. */
  private peek(): number {
    return this.at < this.end ? this.bytes[this.at]! : 0;
  }

  private skipBlanks(): void {
    const { bytes, end } = this;
    let { at } = this;
    for (; at < end; at++) {
      const byte = bytes[at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
      if (byte === newline && this.inLines) break;
    }
    this.at = at;
  }

  /** Whether the text, or the line, ends at an offset. */
  private atEnd(at: number): boolean {
    return at >= this.end || (this.inLines && this.bytes[at] === newline);
  }

  /** Throws; or returns false where the next window may show that nothing is wrong. */
  private fail(at: number, what: string, reason: Reason = "BAD_JSON"): false {
    const { bytes, end, last } = this;
    if (!last && at + tokenMargin > end) return false;
    if (reason === "BAD_JSON" && at < end && bytes[at]! >= 0x80 && !isUtf8(bytes, at, end)) {
      throw new JsonFault(at, "BAD_ENCODING", "text is not valid UTF-8");
    }
    const told = this.atEnd(at) ? "it ends too early (still being written?)" : what;
    throw new JsonFault(at, reason, told);
  }
}

const literals: ReadonlyMap<number, readonly [string, number | boolean | null]> = new Map(
  (
    [
      ["null", null],
      ["true", true],
      ["false", false],
      ["NaN", NaN],
      ["Infinity", Infinity],
    ] as const
  ).map(entry => [entry[0].charCodeAt(0), entry]),
);
const minus = 0x2d;
const comma = 0x2c;
const colon = 0x3a;
const quoteMark = 0x22;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Whether the character at an offset is complete and valid; 4 bytes are enough to tell. */
function isUtf8(bytes: Uint8Array, at: number, end: number): boolean {
  return [2, 3, 4].some(length => decodeUtf8(bytes, at, Math.min(end, at + length)) !== undefined);
}
