// Its reading half alone: the whole of it would more than double the bundle's share.
import * as zip from "@zip.js/zip.js/lib/zip-core-reader.js";
import type { ByteSource } from "../byteSource";
import type { Reason } from "../errors";
import { fileError, FormatError } from "../errors";
import { limits } from "../limits";

/** A file inside an archive. */
export type ZipEntry = zip.FileEntry;

/** An archive that has been listed; folders are left out. */
export interface Archive {
  readonly source: ByteSource;
  readonly entries: readonly ZipEntry[];
}

/** What zip.js needs of its Reader to list an archive and check its entries. */
class SourceReader {
  readonly size: number;

  constructor(private readonly source: ByteSource) {
    this.size = source.size;
  }

  /** As many bytes as there are; zip.js looks at the length. */
  async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    const from = Math.min(Math.max(0, offset), this.size);
    const count = Math.max(0, Math.min(length, this.size - from));
    if (count > limits.zipDirectoryBytes) throw tooLarge(this.source);
    return this.source.read(from, count);
  }
}

/**
 * Lists an archive by its central directory alone, strictly: an archive that two programs could
 * read differently is refused.
 * @throws FormatError
 */
export async function openArchive(source: ByteSource): Promise<Archive> {
  const reader = new SourceReader(source);
  const entries: ZipEntry[] = [];
  try {
    const options = {
      strictness: "strict",
      // Names are shown as text and nothing is unpacked, so "../x" can do no harm.
      filenameValidation: "tolerant",
      checkOverlappingEntry: true,
      useWebWorkers: false,
    } as const;
    const archive = new zip.ZipReader(reader as unknown as zip.Reader<ByteSource>, options);
    for await (const entry of archive.getEntriesGenerator()) {
      if (entries.length >= limits.zipMembers) throw tooLarge(source);
      if (!entry.directory) entries.push(entry);
    }
  } catch (error) {
    throw zipError(source.name, error);
  }
  return { source, entries };
}

/**
 * Checks an entry without reading its data: a method that can be read, a possible size, a local
 * header that agrees with the directory, and bytes that no other entry claims.
 * @returns the offset of its data in the source
 * @throws FormatError
 */
export async function locateEntry(entry: ZipEntry, name: string): Promise<number> {
  if (entry.encrypted) {
    throw fileError("UNSUPPORTED_ZIP", name, "is encrypted; save it again without a password.");
  }
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    const text = `uses compression method ${entry.compressionMethod}, which can't be read; save it again with numpy.savez.`;
    throw fileError("UNSUPPORTED_ZIP", name, text);
  }
  const { compressedSize, uncompressedSize } = entry;
  const possible =
    entry.compressionMethod === 0
      ? uncompressedSize === compressedSize
      : uncompressedSize <= limits.inflateRatio * (compressedSize + 1);
  if (!possible) {
    throw fileError("BAD_ZIP", name, "claims a size that its data cannot have; save it again.");
  }
  try {
    await entry.getData(new WritableStream(), { checkOverlappingEntryOnly: true });
  } catch (error) {
    throw zipError(name, error);
  }
  return entry.localDirectory!.dataOffset;
}

const sentences: ReadonlyMap<string, readonly [Reason, string]> = new Map([
  [zip.ERR_SPLIT_ZIP_FILE, ["UNSUPPORTED_ZIP", "is one part of a split archive"]],
  [zip.ERR_ENCRYPTED, ["UNSUPPORTED_ZIP", "is encrypted"]],
  [zip.ERR_ENCRYPTED_CENTRAL_DIRECTORY, ["UNSUPPORTED_ZIP", "is encrypted"]],
  [zip.ERR_OVERLAPPING_ENTRY, ["BAD_ZIP", "shares its bytes with another member"]],
  [zip.ERR_ENTRY_DATA_OUT_OF_BOUNDS, ["BAD_ZIP", "points outside the file"]],
  [zip.ERR_AMBIGUOUS_ARCHIVE, ["BAD_ZIP", "is an archive that could be read in two ways"]],
  [zip.ERR_EOCDR_NOT_FOUND, ["BAD_ZIP", "is an archive without its end (still being written?)"]],
]);

/** Whatever zip.js threw, in words. */
function zipError(name: string, error: unknown): FormatError {
  if (error instanceof FormatError) return error;
  const message = error instanceof Error ? error.message : "";
  const key = [...sentences.keys()].find(known => message.startsWith(known));
  const [reason, what] = sentences.get(key ?? "") ?? ["BAD_ZIP", "is a damaged archive"];
  return fileError(reason, name, `${what}; save it again.`);
}

function tooLarge(source: ByteSource): FormatError {
  const text = "is an archive with too many members to list; save fewer arrays in one file.";
  return fileError("TOO_LARGE", source.name, text);
}
