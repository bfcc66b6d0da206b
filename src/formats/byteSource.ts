import type { Cancellation, FileRange } from "../core/tensor";

/**
 * Where bytes come from: a local file read by range, bytes already in memory, or an archive
 * member inflated as it is read. The readers know nothing else of the outside world.
 */
export interface ByteSource {
  /** The file's name as a person would say it; used in error sentences. */
  readonly name: string;
  /** Size in bytes at the time of opening. */
  readonly size: number;
  /** True where bytes can be had only by going through all before them. */
  readonly sequential?: boolean;
  /** Where the bytes lie in a local file as they are; undefined where they don't (any more). */
  range?(): FileRange | undefined;
  /**
   * Reads exactly `length` bytes at `offset`. The returned array is the caller's to keep; its
   * `byteOffset` may be anything.
   * @param into where the bytes may be put, for callers that read in a loop; a source that has them
   *   already leaves it alone
   * @throws FormatError when fewer bytes are there, or the file changed since it was opened
   */
  read(
    offset: number,
    length: number,
    signal?: Cancellation,
    into?: Uint8Array,
  ): Promise<Uint8Array>;
  close(): Promise<void>;
}
