import type { Cancellation } from "../../core/tensor";
import type { ByteSource } from "../byteSource";
import type { FormatError } from "../errors";
import { fileError, tooFar } from "../errors";
import { Inflater, type DeflatedMember } from "./inflater";

/** Inflated bytes that the members of one archive may still keep in memory. */
export interface MemoryBudget {
  left: number;
}

/** The chunk that an inflater gave last: what of it wasn't wanted may be wanted next. */
interface Cursor {
  readonly inflater: Inflater;
  chunk: Uint8Array;
}

/**
 * A deflated member as a source. It inflates as far as it is read, so that the first rows are there
 * long before the last, and keeps the beginning while the budget lasts. Beyond that, reading on
 * goes on where the last read ended, and reading an earlier place inflates anew from the start.
 */
export class InflatedSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly sequential = true;
  private readonly chunks: Uint8Array[] = [];
  /** Offset of each chunk. */
  private readonly starts: number[] = [];
  /** Bytes from the beginning that are kept. */
  private have = 0;
  private cursor: Cursor | undefined;
  private isVerified = false;
  private failure: FormatError | undefined;
  /** Reads come one after another, as they share the cursor. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly archive: ByteSource,
    private readonly member: DeflatedMember,
    private readonly budget: MemoryBudget,
    /** Bytes from the beginning that may be inflated. */
    private readonly reach = Infinity,
  ) {
    this.name = member.name;
    this.size = member.uncompressedSize;
  }

  /** @throws FormatError BAD_CRC when the end is reached and the checksum differs */
  read(offset: number, length: number, signal?: Cancellation): Promise<Uint8Array> {
    const read = this.queue.then(() => this.readNow(offset, length, signal));
    this.queue = read.catch(() => undefined);
    return read;
  }

  close(): Promise<void> {
    this.cursor?.inflater.stop();
    return Promise.resolve();
  }

  private async readNow(offset: number, length: number, signal?: Cancellation) {
    const end = offset + length;
    if (end > this.size) {
      throw fileError(
        "TRUNCATED_DATA",
        this.name,
        "ends too early, so it is damaged; save it again.",
      );
    }
    if (end > this.reach) throw tooFar(this.name);
    // What is kept is no better than the rest.
    if (this.failure?.reason === "BAD_CRC") throw this.failure;
    const result = new Uint8Array(length);
    const kept = Math.max(0, Math.min(length, this.have - offset));
    this.copyKept(offset, result.subarray(0, kept));
    if (kept < length) await this.inflate(offset + kept, result.subarray(kept), signal);
    // The last byte counts as there only once the checksum has been compared.
    if (end === this.size && !this.isVerified) await this.verify(signal);
    return result;
  }

  /** Fills `into` with the bytes from `offset` on, by going on from there or from the start. */
  private async inflate(offset: number, into: Uint8Array, signal?: Cancellation): Promise<void> {
    const { inflater, chunk } = this.cursorAt(offset);
    let at = inflater.position - chunk.length;
    let piece: Uint8Array | undefined = chunk;
    for (;;) {
      copyOverlap(piece, at, into, offset);
      at += piece.length;
      if (at >= offset + into.length) return;
      piece = await this.pull(signal);
      if (!piece) return;
    }
  }

  private async verify(signal?: Cancellation): Promise<void> {
    this.cursorAt(this.size);
    while (!this.isVerified) await this.pull(signal);
  }

  private cursorAt(offset: number): Cursor {
    const { cursor } = this;
    if (cursor && cursor.inflater.position - cursor.chunk.length <= offset) return cursor;
    cursor?.inflater.stop();
    const inflater = new Inflater(this.archive, this.member);
    return (this.cursor = { inflater, chunk: new Uint8Array() });
  }

  /** Takes one chunk from the stream, and keeps it if it goes on from what is kept. */
  private async pull(signal: Cancellation | undefined): Promise<Uint8Array | undefined> {
    if (this.failure) throw this.failure;
    if (signal?.aborted) {
      throw fileError("CANCELLED", this.name, "reading was cancelled; read it again to go on.");
    }
    const cursor = this.cursor!;
    const start = cursor.inflater.position;
    try {
      const chunk = await cursor.inflater.next();
      if (chunk) this.keep(chunk, start);
      else this.isVerified = true;
      cursor.chunk = chunk ?? new Uint8Array();
      return chunk;
    } catch (error) {
      throw (this.failure = error as FormatError);
    }
  }

  private keep(chunk: Uint8Array, start: number): void {
    if (start !== this.have || this.budget.left < chunk.length) return;
    this.budget.left -= chunk.length;
    this.chunks.push(chunk);
    this.starts.push(this.have);
    this.have += chunk.length;
  }

  private copyKept(offset: number, into: Uint8Array): void {
    for (let k = this.chunkAt(offset); into.length > 0 && k < this.chunks.length; k++) {
      if (this.starts[k]! >= offset + into.length) return;
      copyOverlap(this.chunks[k]!, this.starts[k]!, into, offset);
    }
  }

  /** Index of the last chunk that starts at or before an offset. */
  private chunkAt(offset: number): number {
    let low = 0;
    let high = this.chunks.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** Copies what a piece that starts at `at` has of the bytes from `offset` on. */
function copyOverlap(piece: Uint8Array, at: number, into: Uint8Array, offset: number): void {
  const from = Math.max(0, offset - at);
  const wanted = piece.subarray(from, offset + into.length - at);
  if (wanted.length > 0 && at + from < offset + into.length) into.set(wanted, at + from - offset);
}
