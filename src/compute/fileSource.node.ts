import { constants } from "node:fs";
import type { BigIntStats } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import type { Cancellation, FileRange } from "../core/tensor";
import type { ByteSource } from "../formats/byteSource";
import type { FormatError, Reason } from "../formats/errors";
import { fileError } from "../formats/errors";

/**
 * A local file, read by range through one handle. Every read is checked against what the file was
 * when it was opened, so that no number ever comes from a half-written state.
 */
export class FileSource implements ByteSource {
  readonly size: number;

  private constructor(
    readonly name: string,
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly opened: BigIntStats,
  ) {
    this.size = Number(opened.size);
  }

  /**
   * Opens a file for reading, and never creates one.
   * @throws FormatError FILE_MISSING, FILE_UNREADABLE
   */
  static async open(path: string): Promise<FileSource> {
    const name = basename(path);
    try {
      checkKind(name, await stat(path, { bigint: true }));
      // Non-blocking, in case a pipe took the file's place since: opening one waits for a writer.
      const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      try {
        const stats = await handle.stat({ bigint: true });
        checkKind(name, stats);
        return new FileSource(name, path, handle, stats);
      } catch (error) {
        await handle.close();
        throw error;
      }
    } catch (error) {
      throw inWords(name, error);
    }
  }

  range(): FileRange {
    return { path: this.path, offset: 0, identity: identityOf(this.opened) };
  }

  /** @throws FormatError FILE_CHANGED when the file is no longer what was opened */
  async read(
    offset: number,
    length: number,
    signal?: Cancellation,
    into?: Uint8Array,
  ): Promise<Uint8Array> {
    try {
      const there = Math.max(0, Math.min(length, this.size - offset));
      const bytes = into?.subarray(0, there) ?? new Uint8Array(there);
      for (let done = 0; done < bytes.length && !signal?.aborted;) {
        const most = bytes.length - done;
        const { bytesRead } = await this.handle.read(bytes, done, most, offset + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      // After the read: what was written meanwhile shows in the file's times.
      await this.checkUnchanged();
      return bytes;
    } catch (error) {
      throw inWords(this.name, error);
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private async checkUnchanged(): Promise<void> {
    checkIdentity(this.name, await this.handle.stat({ bigint: true }), identityOf(this.opened));
  }
}

/** What tells one state of a file from another. */
function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(":");
}

/** @throws FormatError FILE_CHANGED when a file is no longer in the state that was opened */
export function checkIdentity(name: string, now: BigIntStats, identity: string): void {
  if (identityOf(now) === identity) return;
  const what = now.nlink === 0n ? "was deleted or replaced" : "changed";
  throw fileError("FILE_CHANGED", name, `${what} while it was open; open it again.`);
}

function checkKind(name: string, stats: BigIntStats): void {
  if (stats.isFile()) return;
  const kinds: [boolean, string][] = [
    [stats.isDirectory(), "is a folder"],
    [stats.isFIFO(), "is a pipe"],
    [stats.isSocket(), "is a socket"],
  ];
  const what = kinds.find(([is]) => is)?.[1] ?? "is a device";
  throw fileError("FILE_UNREADABLE", name, `${what}, not a file; choose a file.`);
}

const sentences: Readonly<Record<string, readonly [Reason, string]>> = {
  ENOENT: ["FILE_MISSING", "is not there (moved or deleted?); choose another file."],
  ENOTDIR: ["FILE_MISSING", "is not there (moved or deleted?); choose another file."],
  EACCES: ["FILE_UNREADABLE", "may not be read by you; change its permissions."],
  EPERM: ["FILE_UNREADABLE", "may not be read by you; change its permissions."],
  ELOOP: ["FILE_UNREADABLE", "is a link that leads in a circle; choose the file itself."],
  EBUSY: ["FILE_UNREADABLE", "is locked by another program; close it there and try again."],
  EMFILE: ["FILE_UNREADABLE", "could not be opened, as too many files are open; close some."],
};

/** Any error of the file system as a sentence about the file. */
export function inWords(name: string, error: unknown): FormatError {
  if (error instanceof Error && error.name === "FormatError") return error as FormatError;
  const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? "unknown");
  const fallback = `could not be read (${code}); check the disk and try again.`;
  const [reason, text] = sentences[code] ?? (["FILE_UNREADABLE", fallback] as const);
  return fileError(reason, name, text);
}
