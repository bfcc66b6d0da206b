import type { FormatError, Reason } from "../errors";
import { fileError } from "../errors";
import type { JsonValue } from "../index";
import { limits } from "../limits";
import { big, fault, float, NumberScanner } from "./numbers";
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
  return new JsonParser(fileName, options).parse(bytes, 1);
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

/** The parser; keeps its scratch space and its count of values between documents of one file. */
export class JsonParser {
  private bytes: Uint8Array = new Uint8Array();
  private at = 0;
  private firstLine = 1;
  private values = 0;
  private readonly scanner = new NumberScanner();
  /** Numbers of the lists being read, innermost last. */
  private numbers = new Float64Array(1024);
  private numberCount = 0;

  constructor(
    private readonly fileName: string,
    private readonly options: ParseOptions = {},
  ) {}

  /** Parses bytes that hold one value and nothing else. @param firstLine line of their start */
  parse(bytes: Uint8Array, firstLine: number): JsonValue {
    const value = this.parseStart(bytes, firstLine).value;
    this.skipBlanks();
    if (this.at < bytes.length) throw this.fail("there is more after the end of the value");
    return value;
  }

  /** Parses the value that bytes start with, whatever follows. */
  parseStart(bytes: Uint8Array, firstLine: number): { value: JsonValue; end: number } {
    this.bytes = bytes;
    this.at = 0;
    this.firstLine = firstLine;
    this.numberCount = 0;
    this.skipBlanks();
    return { value: this.value(0), end: this.at };
  }

  private value(depth: number): JsonValue {
    if (++this.values > limits.jsonValues) throw this.tooLarge();
    switch (this.bytes[this.at]) {
      case quoteMark:
        return this.string();
      case openBracket:
        return this.list(depth + 1);
      case openBrace:
        return this.object(depth + 1);
      default:
        return this.numberOrWord();
    }
  }

  private list(depth: number): JsonValue {
    this.enter(depth);
    if (this.take(closeBracket)) return [];
    const base = this.numberCount;
    let mixed: JsonValue[] | undefined;
    do {
      this.skipBlanks();
      if (!mixed && this.pushNumber()) continue;
      const value = this.value(depth);
      if (!mixed && typeof value === "number") this.storeNumber(value);
      else (mixed ??= [...this.takeNumbers(base)]).push(value);
    } while (this.take(comma));
    if (!this.take(closeBracket)) throw this.fail("a comma or a closing bracket is missing");
    return mixed ?? this.takeNumbers(base);
  }

  private object(depth: number): JsonValue {
    this.enter(depth);
    const result = new Map<string, JsonValue>();
    if (this.take(closeBrace)) return result;
    do {
      this.skipBlanks();
      if (this.bytes[this.at] !== quoteMark) throw this.fail("a name in double quotes is missing");
      const key = this.string();
      if (this.options.strict && result.has(key)) throw this.fail("a name stands twice");
      if (!this.take(colon)) throw this.fail("a colon is missing");
      this.skipBlanks();
      result.set(key, this.value(depth));
    } while (this.take(comma));
    if (!this.take(closeBrace)) throw this.fail("a comma or a closing brace is missing");
    return result;
  }

  private enter(depth: number): void {
    if (depth > limits.jsonDepth) {
      throw this.fail(`it is nested more than ${limits.jsonDepth} levels deep`, "TOO_DEEP");
    }
    this.at++;
  }

  private string(): string {
    const scanned = scanString(this.bytes, this.at + 1);
    if (!(scanned instanceof StringFault)) {
      this.at = scanned.end;
      return scanned.text;
    }
    this.at = scanned.at;
    throw this.fail(scanned.what, scanned.badEncoding ? "BAD_ENCODING" : "BAD_JSON");
  }

  private atNumber(): boolean {
    const byte = this.bytes[this.at]!;
    return (byte >= 0x30 && byte <= 0x39) || byte === minus;
  }

  private numberOrWord(): JsonValue {
    if (!this.atNumber()) return this.word();
    const found = this.scanner.scan(this.bytes, this.at);
    if (found === fault) return this.negativeInfinity();
    if (this.options.strict && !this.scanner.plain) throw this.fail("a whole number is missing");
    this.at = this.scanner.end;
    return found === big ? this.scanner.big : this.scanner.value[0]!;
  }

  private negativeInfinity(): JsonValue {
    const isInfinity = this.bytes[this.at] === minus && this.bytes[this.at + 1] === 0x49;
    if (!isInfinity) {
      this.at = this.scanner.end;
      throw this.fail("a number is not written as JSON writes it");
    }
    this.at++;
    return -(this.word() as number);
  }

  private word(): JsonValue {
    const [text, value] = literals.get(this.bytes[this.at]!) ?? ["", null];
    for (let i = 0; i < text.length; i++) {
      if (this.bytes[this.at + i] !== text.charCodeAt(i)) {
        this.at += i;
        throw this.fail(`${text} is misspelt`);
      }
    }
    if (text === "") throw this.fail("a value is missing");
    if (this.options.strict && typeof value === "number") throw this.fail("a value is missing");
    this.at += text.length;
    return value;
  }

  /** Steps over blanks and, if it comes next, over one byte. */
  private take(byte: number): boolean {
    this.skipBlanks();
    if (this.bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }

  private skipBlanks(): void {
    const bytes = this.bytes;
    let byte = bytes[this.at];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      byte = bytes[++this.at];
    }
  }

  /** The fast way for lists of numbers. False, and nothing done, where no usual number comes. */
  private pushNumber(): boolean {
    const { scanner } = this;
    if (!this.atNumber() || scanner.scan(this.bytes, this.at) !== float) return false;
    if (this.options.strict && !scanner.plain) return false;
    this.storeNumber(scanner.value[0]!);
    this.at = scanner.end;
    return true;
  }

  private storeNumber(value: number): void {
    if (this.numberCount === this.numbers.length) this.growNumbers();
    this.numbers[this.numberCount++] = value;
  }

  private growNumbers(): void {
    try {
      const grown = new Float64Array(2 * this.numbers.length);
      grown.set(this.numbers);
      this.numbers = grown;
    } catch {
      throw this.tooLarge();
    }
  }

  private takeNumbers(base: number): Float64Array {
    const result = this.numbers.slice(base, this.numberCount);
    this.numberCount = base;
    return result;
  }

  private tooLarge(): FormatError {
    const text = "holds too many values to keep in memory; save it as .npy or split it.";
    return fileError("TOO_LARGE", this.fileName, text);
  }

  private fail(what: string, reason: Reason = "BAD_JSON"): FormatError {
    const { bytes, at } = this;
    const lineStart = at === 0 ? 0 : bytes.lastIndexOf(0x0a, at - 1) + 1;
    let line = this.firstLine;
    for (let i = 0; i < lineStart; i++) if (bytes[i] === 0x0a) line++;
    let column = 1;
    // A byte that continues a UTF-8 character is no column of its own.
    for (let i = lineStart; i < at; i++) if ((bytes[i]! & 0xc0) !== 0x80) column++;
    const place = { offset: at, line, column };
    const outside = reason === "BAD_JSON" && at < bytes.length && bytes[at]! >= 0x80;
    if (outside && !isUtf8(bytes, at)) {
      return this.error("BAD_ENCODING", "text is not valid UTF-8", place);
    }
    const early = at >= bytes.length ? "it ends too early (still being written?)" : what;
    return this.error(reason, early, place);
  }

  private error(
    reason: Reason,
    what: string,
    place: { offset: number; line: number; column: number },
  ) {
    const sentence = `line ${place.line}, column ${place.column}: ${what}; correct it there.`;
    return fileError(reason, this.fileName, sentence, place);
  }
}

/** Whether the character at an offset is complete and valid; 4 bytes are enough to tell. */
function isUtf8(bytes: Uint8Array, at: number): boolean {
  return [2, 3, 4].some(length => decodeUtf8(bytes, at, at + length) !== undefined);
}
