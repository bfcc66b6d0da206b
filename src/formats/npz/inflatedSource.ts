import type { Cancellation } from "../../core/tensor";
import type { ByteSource } from "../byteSource";
import { fileError, FormatError } from "../errors";
import { limits } from "../limits";
import { crc32 } from "./crc32";

/** Inflated bytes that the members of one archive may still keep in memory. */
export interface MemoryBudget {
  left: number;
}

/** A deflated member: where its data lie in the archive, and what they inflate to. */
export interface DeflatedMember {
  readonly name: string;
  readonly dataOffset: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly crc: number;
}

/**
 * A deflated member as a source: inflates as far as it is read and no further, keeping what it
 * has, so that the first rows are there long before the last. The checksum is compared when the
 * end is reached.
 */
export class InflatedSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly sequential = true;
  private readonly chunks: Uint8Array[] = [];
  /** Offset of each chunk. */
  private readonly starts: number[] = [];
  private have = 0;
  private crc = 0;
  private ended = false;
  private failure: FormatError | undefined;
  private reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  private pulling: Promise<void> | undefined;

  constructor(
    private readonly archive: ByteSource,
    private readonly member: DeflatedMember,
    private readonly budget: MemoryBudget,
  ) {
    this.name = member.name;
    this.size = member.uncompressedSize;
  }

  /** @throws FormatError BAD_CRC when the end is reached and the checksum differs, TOO_LARGE */
  async read(offset: number, length: number, signal?: Cancellation): Promise<Uint8Array> {
    const end = offset + length;
    if (end > this.size) throw this.error("TRUNCATED_DATA", "ends too early");
    while (!this.isThere(end)) {
      if (this.failure) throw this.failure;
      if (signal?.aborted) {
        throw fileError("CANCELLED", this.name, "reading was cancelled; read it again to go on.");
      }
      // Two readers at once share one step of the stream.
      this.pulling ??= this.pull().finally(() => (this.pulling = undefined));
      await this.pulling;
    }
    return this.copy(offset, length);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The last byte counts as there only once the checksum has been compared. */
  private isThere(end: number): boolean {
    if (this.failure?.reason === "BAD_CRC") return false;
    return this.have >= end && (end < this.size || this.ended);
  }

  /** Takes one chunk from the stream, which holds back its source until it is asked. */
  private async pull(): Promise<void> {
    try {
      this.reader ??= this.startStream();
      const { value, done } = await this.reader.read();
      if (done) this.finish();
      else this.accept(value);
    } catch (error) {
      this.failure ??=
        error instanceof FormatError ? error : this.error("BAD_ZIP", "can't be unpacked");
    }
  }

  private startStream(): ReadableStreamDefaultReader<Uint8Array> {
    const stream = new DecompressionStream("deflate-raw");
    void this.feed(stream.writable.getWriter());
    return stream.readable.getReader();
  }

  /** Writes the compressed bytes as fast as the inflated ones are taken. Never rejects. */
  private async feed(writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>): Promise<void> {
    const { dataOffset, compressedSize } = this.member;
    try {
      for (let at = 0; at < compressedSize; at += limits.inflateStepBytes) {
        const length = Math.min(limits.inflateStepBytes, compressedSize - at);
        const bytes = await this.archive.read(dataOffset + at, length);
        await writer.ready;
        await writer.write(bytes as Uint8Array<ArrayBuffer>);
      }
      await writer.close();
    } catch (error) {
      // The reading side hears of it too; the source's own sentence is the better one.
      if (error instanceof FormatError) this.failure ??= error;
      await writer.abort(error).catch(() => undefined);
    }
  }

  private accept(chunk: Uint8Array): void {
    if (this.have + chunk.length > this.size) {
      throw this.error("BAD_ZIP", "is larger than the archive says");
    }
    this.budget.left -= chunk.length;
    if (this.budget.left < 0) {
      const text = "is too large to unpack in memory; save it again with numpy.savez.";
      throw fileError("TOO_LARGE", this.name, text);
    }
    this.crc = crc32(chunk, this.crc);
    this.chunks.push(chunk);
    this.starts.push(this.have);
    this.have += chunk.length;
  }

  private finish(): void {
    if (this.have < this.size) throw this.error("BAD_ZIP", "is smaller than the archive says");
    if (this.crc !== this.member.crc) throw this.error("BAD_CRC", "does not match its checksum");
    this.ended = true;
  }

  private copy(offset: number, length: number): Uint8Array {
    const result = new Uint8Array(length);
    let k = this.chunkAt(offset);
    for (let filled = 0; filled < length; k++) {
      const from = offset + filled - this.starts[k]!;
      const piece = this.chunks[k]!.subarray(from, from + length - filled);
      result.set(piece, filled);
      filled += piece.length;
    }
    return result;
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

  private error(reason: "BAD_ZIP" | "BAD_CRC" | "TRUNCATED_DATA", what: string): FormatError {
    return fileError(reason, this.name, `${what}, so it is damaged; save it again.`);
  }
}
