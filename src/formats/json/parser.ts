import type { Reason } from "../errors";
import { fileError, type FormatError } from "../errors";
import type { JsonValue } from "../index";
import { limits } from "../limits";
import { newline } from "./newline";
import { NumberArray } from "./numberArray";
import { afterNumber, closed, ranOut, runMargin, scanRun, type RunEnd } from "./numberRun";
import { big, fault, NumberScanner } from "./numbers";
import { NumberStore, type NumberRun } from "./numberStore";
import { JsonFault, PlaceCounter } from "./place";
import { decodeUtf8, scanString, StringFault } from "./strings";

export interface ParseOptions {
  /** For headers: a key twice, NaN, and numbers other than plain digits are errors. */
  readonly strict?: boolean;
}

/**
 * Parses one JSON document with Python's NaN, Infinity and -Infinity. See JsonValue for the shape.
 * @param bytes UTF-8 without a byte-order mark
 * @throws FormatError BAD_JSON, BAD_ENCODING, TOO_DEEP or TOO_LARGE with line and column
 */
export function parseJson(fileName: string, bytes: Uint8Array, options?: ParseOptions): JsonValue {
  const parser = new JsonParser(options);
  try {
    const end = parser.feed(bytes, 0, bytes.length, true);
    parser.expectEnd(bytes, end, bytes.length);
    return parser.take();
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const place = new PlaceCounter();
    place.add(bytes, 0, error.at);
    throw faultError(fileName, error, error.at, place);
  }
}

/** A fault in words. @param offset of the fault in the text */
export function faultError(
  fileName: string,
  { reason, what }: JsonFault,
  offset: number,
  { line, column }: PlaceCounter,
): FormatError {
  if (reason === "TOO_LARGE") return fileError(reason, fileName, what);
  const sentence = `line ${line}, column ${column}: ${what}; correct it there.`;
  return fileError(reason, fileName, sentence, { offset, line, column });
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

/** A list or object that is open. */
interface Frame {
  /** Null for a list. */
  object: Map<string, JsonValue> | null;
  name: string;
  /** Where in the store the list's numbers start. */
  start: number;
  /** Elements so far, as long as they are alike. */
  count: number;
  /** Shape of each element: [] for numbers and nulls, [K] for lists of K of them, and so on. */
  inner: readonly number[];
  /** The elements, once they are not alike. */
  items: JsonValue[] | null;
}

const scalar: readonly number[] = [];
const emptyList: readonly JsonValue[] = Object.freeze([]);
const noFrame: Frame = { object: null, name: "", start: 0, count: 0, inner: scalar, items: null };

/** No token but strings and numbers is longer, and no fault is told apart by more bytes. */
const tokenMargin = 16;

const tooMany = "holds too many values to keep in memory; save it as .npy or split it.";

/** What a value takes in memory beside its text or numbers, roughly. */
const cost = { value: 16, string: 32, array: 64, object: 200, entry: 48 };

/**
 * Parses a text that comes in windows. What is open is kept on a stack of its own, so that it can
 * stop at the end of any window; lists of numbers go to the store at once, and a list of equally
 * long ones is counted, not kept row by row.
 */
export class JsonParser {
  /** Whether `feed` stops where `takeRows` could go on. */
  pausesAtRows = false;
  private readonly store = new NumberStore();
  private readonly scanner = new NumberScanner();
  private readonly runEnd: RunEnd = { at: 0, count: 0 };
  private readonly strict: boolean;
  /** Frames of every depth reached so far; those below `depth` are open. */
  private readonly frames: Frame[] = [];
  private depth = 0;
  private frame = noFrame;
  private expected: Expected = "value";
  private result: JsonValue = null;
  private heapBytes = 0;
  private lastShape: readonly number[] = [0];

  private bytes: Uint8Array = new Uint8Array();
  private view: DataView = new DataView(this.bytes.buffer);
  private at = 0;
  private end = 0;
  private last = false;

  constructor({ strict = false }: ParseOptions = {}) {
    this.strict = strict;
  }

  /** True when a whole value has been read. */
  get done(): boolean {
    return this.expected === "nothing";
  }

  /** True before anything but blanks has been read. */
  get untouched(): boolean {
    return this.depth === 0 && this.expected === "value";
  }

  /** The value that was read. From here on the parser is ready for another one. */
  take(): JsonValue {
    const value = this.result;
    this.reset();
    return value;
  }

  /** Forgets a value that could not be read. */
  reset(): void {
    this.depth = 0;
    this.frame = noFrame;
    this.expected = "value";
    this.result = null;
  }

  /**
   * Reads on, up to the end of a whole value.
   * @param last whether the text ends at `end`; else a token that reaches there is left for later
   * @returns the offset behind what was taken
   * @throws JsonFault
   */
  feed(bytes: Uint8Array, start: number, end: number, last: boolean): number {
    this.lookAt(bytes, start, end, last);
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
   * @returns `end`
   * @throws JsonFault
   */
  expectEnd(bytes: Uint8Array, start: number, end: number): number {
    this.lookAt(bytes, start, end, true);
    this.skipBlanks();
    if (this.at < end) this.fail(this.at, "there is more after the end of the value");
    return end;
  }

  /**
   * Reads rows of a list, from the bracket of one up to that of another: see `scanRows`.
   * @param to the first row that starts here or later is not read
   */
  feedRows(bytes: Uint8Array, start: number, to: number): Rows {
    this.reset();
    this.store.truncate(0);
    this.heapBytes = 0;
    this.open(false);
    this.lookAt(bytes, start, bytes.length, false);
    this.expected = "value";
    const { frame } = this;
    let end = start;
    let length = 0;
    let rows = 0;
    try {
      do {
        if (this.depth > 1 || this.expected !== "value") continue;
        this.skipBlanks();
        if (this.peek() !== openBracket || frame.items) break;
        end = this.at;
        rows = frame.count;
        length = this.store.length;
      } while (end < to && this.step() && this.depth > 0);
    } catch (error) {
      if (!(error instanceof JsonFault || error instanceof RangeError)) throw error;
      // What is wrong is told by who reads the document in order.
    }
    this.store.truncate(length);
    return { end, shape: [rows, ...frame.inner], ...this.store.toRun() };
  }

  /** Whether a row is the next thing that may come in a list of rows. */
  get atRows(): boolean {
    const { object, items, inner, count } = this.frame;
    const isList = this.depth > 0 && object === null && items === null;
    return isList && this.expected === "value" && count > 0 && inner.length > 0;
  }

  /** Takes over rows that were read elsewhere. False, and nothing done, where they don't fit. */
  takeRows({ shape, numbers, nulls }: Rows): boolean {
    const { frame } = this;
    const fits = this.atRows && shape.length > 1 && isTail(shape, frame.inner);
    if (!fits) return false;
    this.store.append({ numbers, nulls });
    frame.count += shape[0]!;
    return true;
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
    const isObject = this.frame.object !== null;
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
    if (this.depth === limits.jsonDepth) {
      const what = `it is nested more than ${limits.jsonDepth} levels deep`;
      return this.fail(this.at, what, "TOO_DEEP");
    }
    const frame = (this.frames[this.depth++] ??= { ...noFrame });
    frame.object = isObject ? new Map() : null;
    frame.start = this.store.length;
    frame.count = 0;
    frame.inner = scalar;
    frame.items = null;
    this.frame = frame;
    this.expected = isObject ? "firstName" : "first";
    this.at++;
    return true;
  }

  private close(): boolean {
    const { object, items, start, count, inner } = this.frame;
    this.at++;
    this.depth--;
    this.frame = this.depth > 0 ? this.frames[this.depth - 1]! : noFrame;
    if (object) this.add(object, cost.object);
    else if (items) this.add(items, cost.array);
    else if (count === 0) this.add(emptyList, cost.value);
    else this.addArray(start, count, inner);
    return true;
  }

  private name(): boolean {
    if (this.peek() !== quoteMark) return this.fail(this.at, "a name in double quotes is missing");
    const scanned = this.scanString();
    if (!scanned) return false;
    if (this.strict && this.frame.object!.has(scanned.text)) {
      this.at = scanned.end;
      return this.fail(this.at, "a name stands twice");
    }
    this.spend(cost.entry);
    this.frame.name = scanned.text;
    this.at = scanned.end;
    this.expected = "colon";
    return true;
  }

  private string(): boolean {
    const scanned = this.scanString();
    if (!scanned) return false;
    this.at = scanned.end;
    this.add(scanned.text, cost.string + scanned.text.length);
    return true;
  }

  /** Null where the string goes on behind the window. */
  private scanString(): { text: string; end: number } | null {
    const scanned = scanString(this.bytes, this.at + 1, this.end, this.last);
    if (!(scanned instanceof StringFault)) return scanned;
    this.fail(scanned.at, scanned.what, scanned.badEncoding ? "BAD_ENCODING" : "BAD_JSON");
    return null;
  }

  private number(): boolean {
    if (this.takesNumbers() && !this.strict && this.run()) return true;
    const { scanner } = this;
    const found = scanner.scan(this.bytes, this.at, this.end);
    if (scanner.end >= this.end && !this.last) return false;
    if (found === fault) {
      const isInfinity = this.peek() === minus && this.bytes[this.at + 1] === 0x49;
      if (isInfinity && this.at + 1 < this.end) return this.word(this.at + 1, -1);
      return this.fail(scanner.end, "a number is not written as JSON writes it");
    }
    if (this.strict && !scanner.plain) return this.fail(this.at, "a whole number is missing");
    this.at = scanner.end;
    if (found === big) this.add(scanner.big, 2 * cost.value);
    else this.addNumber(scanner.value[0]!);
    return true;
  }

  /** Takes as many usual numbers as come. False, and nothing done, where none does. */
  private run(): boolean {
    const { store, frame, runEnd } = this;
    const room = store.tail();
    const from = store.tailAt;
    // No number goes on behind a line; else the run ends where the next could be cut.
    const isLine = this.bytes[this.end] === newline;
    const limit = Math.min(this.end - (isLine ? 0 : runMargin), this.bytes.length - runMargin);
    const stop = scanRun(this.bytes, this.view, this.at, limit, room, from, runEnd);
    const count = runEnd.count - from;
    if (count === 0) return false;
    store.added(count);
    frame.count += count;
    this.at = runEnd.at;
    if (stop === closed) {
      this.at--;
      return this.close();
    }
    this.expected = stop === afterNumber ? "after" : "value";
    return stop === afterNumber || stop === ranOut || count > 0;
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
    if (typeof value === "number") this.addNumber(sign * value);
    else if (value === null && this.takesNumbers() && !this.strict) this.addNull();
    else this.add(value, cost.value);
    return true;
  }

  /** Whether a number goes to the store: in a list that holds nothing else so far. */
  private takesNumbers(): boolean {
    const { object, items, inner } = this.frame;
    return this.depth > 0 && object === null && items === null && inner.length === 0;
  }

  private addNumber(value: number): void {
    if (!this.takesNumbers()) return this.add(value, cost.value);
    this.store.push(value);
    this.frame.count++;
    this.expected = "after";
  }

  private addNull(): void {
    this.store.pushNull();
    this.frame.count++;
    this.expected = "after";
  }

  /** An array that ends where the store does. */
  private addArray(start: number, length: number, inner: readonly number[]): void {
    const { frame } = this;
    const isList = this.depth > 0 && frame.object === null && frame.items === null;
    if (isList && frame.count > 0 && frame.inner[0] === length && isTail(frame.inner, inner)) {
      frame.count++;
      this.expected = "after";
      return;
    }
    const shape = this.shapeOf(length, inner);
    if (isList && frame.count === 0) {
      frame.inner = shape;
      frame.start = start;
      frame.count = 1;
      this.expected = "after";
      return;
    }
    this.add(new NumberArray(this.store, start, shape), cost.array);
  }

  /** Shapes are shared: records bring the same one again and again. */
  private shapeOf(length: number, inner: readonly number[]): readonly number[] {
    const { lastShape } = this;
    if (lastShape[0] === length && isTail(lastShape, inner)) return lastShape;
    return (this.lastShape = [length, ...inner]);
  }

  private add(value: JsonValue, bytes: number): void {
    this.spend(bytes);
    const { frame } = this;
    this.expected = this.depth === 0 ? "nothing" : "after";
    if (this.depth === 0) this.result = value;
    else if (frame.object) frame.object.set(frame.name, value);
    else (frame.items ??= this.separate(frame)).push(value);
  }

  /** The elements so far one by one, as one comes that is not like them. */
  private separate({ start, count, inner }: Frame): JsonValue[] {
    if (count === 0) return [];
    this.spend(count * (inner.length > 0 ? cost.array : cost.value));
    const entries = new NumberArray(this.store, start, [count, ...inner]).entries();
    const isLast = inner.length === 0 && this.store.length === start + count;
    if (isLast) this.store.truncate(start);
    return entries;
  }

  private spend(bytes: number): void {
    this.heapBytes += bytes;
    if (this.heapBytes > limits.jsonHeapBytes) throw new JsonFault(this.at, "TOO_LARGE", tooMany);
  }

  private lookAt(bytes: Uint8Array, start: number, end: number, last: boolean): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    this.at = start;
    this.end = end;
    this.last = last;
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
    }
    this.at = at;
  }

  /** Throws; or returns false where the next window may show that nothing is wrong. */
  private fail(at: number, what: string, reason: Reason = "BAD_JSON"): false {
    const { bytes, end, last } = this;
    if (!last && at + tokenMargin > end) return false;
    if (reason === "BAD_JSON" && at < end && bytes[at]! >= 0x80 && !isUtf8(bytes, at, end)) {
      throw new JsonFault(at, "BAD_ENCODING", "text is not valid UTF-8");
    }
    const isEarly = at >= end;
    throw new JsonFault(at, reason, isEarly ? "it ends too early (still being written?)" : what);
  }
}

const literals: ReadonlyMap<number, readonly [string, JsonValue]> = new Map(
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

/** Whether a shape is a length and then `inner`. */
function isTail(shape: readonly number[], inner: readonly number[]): boolean {
  if (shape.length !== inner.length + 1) return false;
  for (let i = 0; i < inner.length; i++) if (shape[i + 1] !== inner[i]) return false;
  return true;
}

/** Whether the character at an offset is complete and valid; 4 bytes are enough to tell. */
function isUtf8(bytes: Uint8Array, at: number, end: number): boolean {
  return [2, 3, 4].some(length => decodeUtf8(bytes, at, Math.min(end, at + length)) !== undefined);
}
