import { fileError, type FormatError } from "../errors";
import type { JsonLine } from "../index";
import { limits } from "../limits";
import { faultError } from "./parseJson";
import { JsonParser } from "./parser";
import { JsonFault, newline } from "./place";
import type { TextWindow } from "./text";

/**
 * Reads JSONL: a value a line, split on newline bytes alone. A line that can't be read carries its
 * error and hides no other; blank lines are left out, and the numbers are the file's. Lines may be
 * longer than the window.
 */
export class LineReader {
  readonly lines: JsonLine[] = [];
  private bad = 0;
  /** Where the line that is being read starts in the text. */
  private start: number;
  private fault: JsonFault | null = null;
  private faultAt = 0;
  /** False once the line holds another byte than 0 behind its fault. */
  private isZeros = true;
  private ended = false;

  /**
   * @param text a window at the start of a line
   * @param line its number
   */
  constructor(
    private readonly text: TextWindow,
    private readonly parser = new JsonParser(),
    private line = 1,
  ) {
    this.start = text.offset + text.at;
    parser.inLines = true;
  }

  /**
   * Reads up to the end of the text.
   * @throws FormatError where so many lines are bad that this is no JSONL, or memory would not do
   */
  async readAll(): Promise<readonly JsonLine[]> {
    while (!this.ended) await this.readSome();
    return this.lines;
  }

  /** Reads until there is a line. @throws as `readAll` */
  async readNext(): Promise<void> {
    while (!this.ended && this.lines.length === 0) await this.readSome();
  }

  /** Reads the lines in the window, and moves it on. */
  private async readSome(): Promise<void> {
    const { text, parser } = this;
    const { bytes } = text;
    parser.lookAt(bytes, bytes.length, text.last);
    let { at } = text;
    while (at < bytes.length) {
      at = this.feed(at);
      const hasNewline = bytes[at] === newline;
      const isRead = this.fault !== null || parser.done || parser.untouched;
      if (!isRead || !(hasNewline || (text.last && at === bytes.length))) break;
      if (this.fault) await this.addFault(this.fault, hasNewline);
      this.endLine(text.offset + ++at);
    }
    if (text.last) this.ended = true;
    else await text.advance(at);
  }

  /** Reads on in the line. @returns the offset of its newline, or behind what was taken */
  private feed(from: number): number {
    const { text, parser } = this;
    const { bytes } = text;
    let at = from;
    if (!this.fault) {
      try {
        // A line of blanks is no value that ends too early.
        if (parser.untouched) at = skipBlanks(bytes, at);
        if (parser.untouched && (at === bytes.length || bytes[at] === newline)) return at;
        at = parser.feed(at);
        // The parser looks no further than the value.
        return parser.done ? parser.expectEnd(at) : at;
      } catch (error) {
        if (!(error instanceof JsonFault)) throw error;
        this.fault = error;
        this.faultAt = text.offset + error.at;
        at = error.at;
      }
    }
    const found = bytes.indexOf(newline, at);
    const end = found < 0 ? bytes.length : found;
    this.isZeros &&= bytes.subarray(from, end).every(byte => byte === 0);
    return end;
  }

  /** @param next offset of the next line in the text */
  private endLine(next: number): void {
    const { parser, line } = this;
    if (parser.done && !this.fault) this.lines.push({ line, value: parser.take() });
    parser.reset();
    this.fault = null;
    this.isZeros = true;
    this.line++;
    this.start = next;
  }

  private async addFault(fault: JsonFault, hasNewline: boolean): Promise<void> {
    const { text, line, start, faultAt } = this;
    const place = await text.place(faultAt, start, line);
    const error = faultError(text.name, fault, faultAt, place);
    if (error.reason === "TOO_LARGE" || ++this.bad > limits.jsonBadLines) throw error;
    const zeros = this.isZeros && faultAt === start;
    this.lines.push({ line, error: explain(text.name, error, line, zeros, hasNewline) });
  }
}

/** The two faults of an interrupted writer are told as such. */
function explain(
  fileName: string,
  error: FormatError,
  line: number,
  isZeros: boolean,
  hasNewline: boolean,
): FormatError {
  const say = (what: string) =>
    fileError("BAD_JSON", fileName, `line ${line} ${what}`, error.place);
  if (isZeros) return say("holds only zero bytes (the writer was interrupted); remove them.");
  return hasNewline
    ? error
    : say("is unfinished (still being written?); wait until it is complete.");
}

/** Steps over the blanks that a line can have. */
function skipBlanks(bytes: Uint8Array, at: number): number {
  while (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d) at++;
  return at;
}
