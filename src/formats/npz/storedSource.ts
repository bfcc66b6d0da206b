import type { Cancellation, FileRange } from "../../core/tensor";
import type { ByteSource } from "../byteSource";
import { fileError } from "../errors";
import { crc32 } from "./crc32";

/**
 * A member that is stored as it is: random access straight over the archive's bytes. Reads that
 * carry on from the start are added to a running checksum, which is compared at the end.
 */
export class StoredSource implements ByteSource {
  private checked = 0;
  private crc = 0;

  constructor(
    readonly name: string,
    readonly size: number,
    private readonly archive: ByteSource,
    private readonly dataOffset: number,
    private readonly expectedCrc: number,
  ) {}

  /** @throws FormatError BAD_CRC on the read that reaches the end, where all before it were read */
  async read(offset: number, length: number, signal?: Cancellation): Promise<Uint8Array> {
    if (offset + length > this.size) {
      const text = "ends too early, so the archive is damaged; save it again.";
      throw fileError("TRUNCATED_DATA", this.name, text, { offset: this.size });
    }
    const bytes = await this.archive.read(this.dataOffset + offset, length, signal);
    if (offset <= this.checked && offset + length > this.checked) {
      this.crc = crc32(bytes.subarray(this.checked - offset), this.crc);
      this.checked = offset + length;
    }
    if (this.checked === this.size && this.crc !== this.expectedCrc) {
      const text = "does not match its checksum, so it is damaged; save it again.";
      throw fileError("BAD_CRC", this.name, text);
    }
    return bytes;
  }

  /** Only once the checksum has been compared, as reading it elsewhere would pass that over. */
  range(): FileRange | undefined {
    const range = this.checked === this.size ? this.archive.range?.() : undefined;
    return range && { ...range, offset: range.offset + this.dataOffset };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
