import { fileError, type FormatError } from "../errors";
import type { JsonLine } from "../index";
import { limits } from "../limits";
import { newlineFinder } from "./newline";
import { faultError } from "./parseJson";
import { JsonParser } from "./parser";
import { JsonFault } from "./place";
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
    const { text } = this;
    const { bytes } = text;
    const findNewline = newlineFinder(bytes);
    let { at } = text;
    while (at < bytes.length) {
      const found = findNewline(at);
      const end = found < 0 ? bytes.length : found;
      const isWhole = found >= 0 || text.last;
      at = this.feed(at, end, isWhole);
      if (!isWhole) break;
      if (this.fault) await this.addFault(this.fault, found >= 0);
      this.endLine(text.offset + end + 1);
      at = end + 1;
    }
    if (text.last) this.ended = true;
    else await text.advance(at);
  }

  /** Takes a part of the line, the last one if the line is whole. @returns offset behind it */
  private feed(from: number, end: number, isWhole: boolean): number {
    const { text, parser } = this;
    const { bytes } = text;
    let at = from;
    if (!this.fault) {
      try {
        if (parser.untouched && (at = skipBlanks(bytes, at, end)) === end) return end;
        at = parser.feed(bytes, at, end, isWhole);
        // Only blanks may follow a value, and the parser looks no further than the value.
        if (parser.done) at = parser.expectEnd(bytes, at, end);
      } catch (error) {
        if (!(error instanceof JsonFault)) throw error;
        this.fault = error;
        this.faultAt = text.offset + error.at;
      }
    }
    if (!this.fault) return at;
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
function skipBlanks(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d)) at++;
  return at;
}
