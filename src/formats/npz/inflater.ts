import type { ByteSource } from "../byteSource";
import { fileError, FormatError } from "../errors";
import { limits } from "../limits";
import { crc32 } from "./crc32";

/** A deflated member: where its data lie in the archive, and what they inflate to. */
export interface DeflatedMember {
  readonly name: string;
  readonly dataOffset: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly crc: number;
}

/**
 * Inflates a member once, from its beginning: chunk after chunk, as far as it is asked and no
 * further. The checksum is compared when the end is reached.
 */
export class Inflater {
  /** Inflated bytes handed out so far. */
  position = 0;
  private crc = 0;
  private failure: FormatError | undefined;
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(
    private readonly archive: ByteSource,
    private readonly member: DeflatedMember,
  ) {
    const stream = new DecompressionStream("deflate-raw");
    void this.feed(stream.writable.getWriter());
    this.reader = stream.readable.getReader();
  }

  /**
   * The next chunk; undefined once all was handed out and its checksum is right.
   * @throws FormatError BAD_CRC, BAD_ZIP, or the archive's own
   */
  async next(): Promise<Uint8Array | undefined> {
    if (this.failure) throw this.failure;
    try {
      const { value, done } = await this.reader.read();
      if (done) this.finish();
      else this.count(value);
      return value;
    } catch (error) {
      this.failure ??=
        error instanceof FormatError ? error : this.error("BAD_ZIP", "can't be unpacked");
      throw this.failure;
    }
  }

  /** Ends the stream, so that nothing more is read. */
  stop(): void {
    void this.reader.cancel().catch(() => undefined);
  }

  /** Writes the compressed bytes as fast as the inflated ones are taken. Never rejects. */
  private async feed(writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>): Promise<void> {
    const { dataOffset, compressedSize } = this.member;
    try {
      let at = 0;
      for (let step: number = limits.inflateFirstBytes; at < compressedSize; step *= 2) {
        const length = Math.min(step, limits.inflateStepBytes, compressedSize - at);
        const bytes = await this.archive.read(dataOffset + at, length);
        at += length;
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

  private count(chunk: Uint8Array): void {
    this.position += chunk.length;
    if (this.position > this.member.uncompressedSize) {
      throw this.error("BAD_ZIP", "is larger than the archive says");
    }
    this.crc = crc32(chunk, this.crc);
  }

  private finish(): void {
    const { uncompressedSize, crc } = this.member;
    if (this.position < uncompressedSize) {
      throw this.error("BAD_ZIP", "is smaller than the archive says");
    }
    if (this.crc !== crc) throw this.error("BAD_CRC", "does not match its checksum");
  }

  private error(reason: "BAD_ZIP" | "BAD_CRC", what: string): FormatError {
    return fileError(reason, this.member.name, `${what}, so it is damaged; save it again.`);
  }
}
