import type { Cancellation, FileRange } from "../core/tensor";
import type { ByteSource } from "./byteSource";
import { fileError, FormatError, tooFar } from "./errors";
import { limits } from "./limits";

/**
 * The readers' only way to a source: checks the range against the file's size before anything is
 * allocated and against what may be read in all, and turns cancelling, short reads and foreign
 * errors into a FormatError.
 */
export class GuardedSource implements ByteSource {
  readonly name: string;
  readonly size: number;

  constructor(
    private readonly inner: ByteSource,
    private signal: Cancellation | undefined,
    /** Bytes that may still be read. */
    private left = Infinity,
  ) {
    this.name = inner.name;
    this.size = inner.size;
  }

  /** From here on only a read's own signal cancels it. */
  endOpening(): void {
    this.signal = undefined;
  }

  async read(
    offset: number,
    length: number,
    signal = this.signal,
    into?: Uint8Array,
  ): Promise<Uint8Array> {
    this.checkSignal(signal);
    if (!(offset >= 0 && length >= 0 && offset + length <= this.size)) {
      throw this.tooShort(offset);
    }
    this.left -= Math.max(length, limits.pageBytes);
    if (this.left < 0) throw tooFar(this.name);
    const bytes = await this.readInner(offset, length, signal, into);
    this.checkSignal(signal);
    if (bytes.length !== length) throw this.tooShort(offset + bytes.length);
    return bytes;
  }

  range(): FileRange | undefined {
    return this.inner.range?.();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private async readInner(
    offset: number,
    length: number,
    signal: Cancellation | undefined,
    into: Uint8Array | undefined,
  ) {
    try {
      return await this.inner.read(offset, length, signal, into);
    } catch (error) {
      if (error instanceof FormatError) throw error;
      throw fileError(
        "FILE_UNREADABLE",
        this.name,
        "could not be read; check that it is still there and try again.",
        { offset },
      );
    }
  }

  private checkSignal(signal?: Cancellation): void {
    if (signal?.aborted) {
      throw fileError("CANCELLED", this.name, "reading was cancelled; open it again to continue.");
    }
  }

  private tooShort(offset: number): FormatError {
    return fileError(
      "TRUNCATED_DATA",
      this.name,
      "ends too early (still being written?); wait until it is complete and open it again.",
      { offset },
    );
  }
}
