import type { ByteSource } from "../byteSource";
import { fileError } from "../errors";
import { limits } from "../limits";
import { MemorySource } from "../memorySource";
import { PlaceCounter } from "./place";

/** Called while a file is read: bytes done, bytes in all. */
export type Progress = (done: number, total: number) => void;

/** Windows being read while one is scanned: the reader's round trips cost as much as its copying. */
const readAhead = 3;

/** Windows overlap by this much, so that a token that one cuts is whole in the next. */
const overlap = 256;

interface Ahead {
  readonly offset: number;
  readonly bytes: Promise<Uint8Array>;
}

/**
 * A UTF-8 text seen through a window. A token that the window cuts is seen again from its start in
 * the next, and the window grows until it holds it.
 */
export class TextWindow {
  /** What is seen; empty before the first `advance`. */
  bytes: Uint8Array = new Uint8Array();
  /** Index in `bytes` of the first byte not yet taken. */
  at = 0;
  private size: number = limits.jsonWindowBytes;
  private ahead: Ahead[] = [];
  /** Windows done with, for the next to be read into: their memory is in the cache. */
  private readonly spare: Uint8Array[] = [];

  private constructor(
    private readonly source: ByteSource,
    /** Offset of the text in the source, behind its byte-order mark. */
    private readonly textStart: number,
    private readonly isConverted: boolean,
    private readonly progress: Progress | undefined,
    /** Offset of the window in the text. */
    public offset = 0,
  ) {}

  /**
   * A window over a file's text; UTF-16 with a byte-order mark is converted.
   * @throws FormatError TOO_LARGE, BAD_ENCODING, or the source's
   */
  static async open(source: ByteSource, progress?: Progress): Promise<TextWindow> {
    const start = await source.read(0, Math.min(3, source.size));
    if (start[0] === 0xff && start[1] === 0xfe) {
      return new TextWindow(await fromUtf16(source, "utf-16le"), 0, true, progress);
    }
    if (start[0] === 0xfe && start[1] === 0xff) {
      return new TextWindow(await fromUtf16(source, "utf-16be"), 0, true, progress);
    }
    const hasMark = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
    return new TextWindow(source, hasMark ? 3 : 0, false, progress);
  }

  /** Another window over the same text, from an offset on. */
  from(offset: number): TextWindow {
    return new TextWindow(this.source, this.textStart, this.isConverted, this.progress, offset);
  }

  get name(): string {
    return this.source.name;
  }

  /** The file, where the text stands in it as it is, from `start` on; null where it was converted. */
  get inFile(): { readonly start: number; readonly source: ByteSource } | null {
    return this.isConverted ? null : { start: this.textStart, source: this.source };
  }

  /** Tells how far the reading has come: an offset in the source. */
  report(done: number): void {
    this.progress?.(done, this.source.size);
  }

  /** Whether the window reaches to the end of the text. */
  get last(): boolean {
    return this.textStart + this.offset + this.bytes.length >= this.source.size;
  }

  /**
   * Moves on to the first byte not taken. Grows the window where none was.
   * @param taken index in `bytes` behind what was taken; may lie behind them
   * @throws FormatError TOO_LARGE where a token is too long, CANCELLED, or the source's
   */
  async advance(taken: number): Promise<void> {
    const isStuck = taken === this.at && this.bytes.length > 0;
    this.size = isStuck ? 2 * this.size : limits.jsonWindowBytes;
    const start = this.offset + taken;
    if (this.size > limits.jsonTokenBytes) throw await this.tooLong(start);
    const next = this.ahead.shift();
    if (this.bytes.length === limits.jsonWindowBytes) this.spare.push(this.bytes);
    const isNext = next && next.offset <= start && start <= next.offset + limits.jsonWindowBytes;
    if (isNext && !isStuck) {
      this.bytes = await next.bytes;
      this.offset = next.offset;
    } else {
      this.ahead = [];
      this.bytes = await this.read(start, this.size);
      this.offset = start;
    }
    this.at = start - this.offset;
    this.lookAhead();
    this.report(this.textStart + this.offset + this.bytes.length);
  }

  /** Starts to read what comes after the window. */
  private lookAhead(): void {
    const { ahead } = this;
    while (ahead.length < readAhead) {
      const last = ahead.at(-1);
      const end = last ? last.offset + limits.jsonWindowBytes : this.offset + this.bytes.length;
      if (this.textStart + end >= this.source.size) return;
      const offset = end - Math.min(overlap, limits.jsonWindowBytes >> 2);
      const bytes = this.read(offset, limits.jsonWindowBytes);
      // Who never comes to these bytes never hears of their fault either.
      bytes.catch(() => undefined);
      ahead.push({ offset, bytes });
    }
  }

  private read(offset: number, length: number): Promise<Uint8Array> {
    const start = this.textStart + offset;
    const there = Math.min(length, this.source.size - start);
    const isWindow = there === limits.jsonWindowBytes;
    const into = isWindow ? (this.spare.pop() ?? new Uint8Array(there)) : undefined;
    return this.source.read(start, there, undefined, into);
  }

  /** Line and column of an offset, by reading the text again from where they are known. */
  async place(offset: number, from = 0, line = 1): Promise<PlaceCounter> {
    const place = new PlaceCounter();
    place.line = line;
    const { bytes } = this;
    if (from >= this.offset && offset <= this.offset + bytes.length) {
      place.add(bytes, from - this.offset, offset - this.offset);
      return place;
    }
    for (let at = from; at < offset; at += limits.jsonWindowBytes) {
      const length = Math.min(limits.jsonWindowBytes, offset - at);
      place.add(await this.read(at, length), 0, length);
    }
    return place;
  }

  private async tooLong(offset: number) {
    const { line, column } = await this.place(offset);
    const most = limits.jsonTokenBytes / 2 ** 20;
    const what = `a text or number has no end within ${most} MB; correct it there`;
    const sentence = `line ${line}, column ${column}: ${what}.`;
    return fileError("TOO_LARGE", this.name, sentence, { offset, line, column });
  }
}

async function fromUtf16(source: ByteSource, encoding: string): Promise<ByteSource> {
  if (source.size > limits.jsonUtf16Bytes) {
    const most = limits.jsonUtf16Bytes / 2 ** 20;
    const text = `is over ${most} MB of UTF-16, too large to convert; save it again as UTF-8.`;
    throw fileError("TOO_LARGE", source.name, text);
  }
  const bytes = await source.read(0, source.size);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return new MemorySource(source.name, new TextEncoder().encode(text));
  } catch {
    const text = "is not valid UTF-16 text; save it again as UTF-8.";
    throw fileError("BAD_ENCODING", source.name, text);
  }
}
