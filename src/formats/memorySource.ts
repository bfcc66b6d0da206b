import type { Cancellation } from "../core/tensor";
import type { ByteSource } from "./byteSource";

/** Bytes already in memory as a source: web hosts, tests, and files that came as a whole. */
export class MemorySource implements ByteSource {
  readonly size: number;

  constructor(
    readonly name: string,
    private readonly bytes: Uint8Array,
  ) {
    this.size = bytes.length;
  }

  /** A copy, so that decoding in place never touches the original; a Buffer's slice is none. */
  read(offset: number, length: number, _signal?: Cancellation): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.bytes.subarray(offset, offset + length)));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
