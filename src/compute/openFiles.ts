import type { Cancellation, DType } from "../core";
import { linesInText, sourcesOf } from "../dump/fileSources";
import type { FileSources, Source } from "../dump/source";
import type { ByteSource } from "../formats/byteSource";
import { FormatError, tooFar } from "../formats/errors";
import { limits } from "../formats/limits";
import { openFile } from "../formats/open";
import type { Lanes } from "./lanes";
import type { FileRef } from "../protocol/messages";

/** Opens what the host named: a local file by range, or bytes; differs between Node and web. */
export type OpenSource = (file: FileRef) => Promise<ByteSource>;

/** A file of a dump: its bytes stay open for as long as its arrays may be read. */
export interface OpenPart extends FileSources {
  readonly file: string;
  readonly format: string;
  readonly size: number;
  readonly bytes: ByteSource;
  /** Equal for equal states of the same file; unlike any other where nobody can tell. */
  readonly identity: string;
}

export interface OpenPartOptions {
  readonly voidAs?: DType | undefined;
  readonly signal: Cancellation;
  /** Only the first row is wanted; see `OpenOptions`. */
  readonly isGlance?: boolean;
  readonly progress?: (done: number, total: number) => void;
  /** Threads that read a large JSON file together. */
  readonly lanes?: Lanes | null;
}

/** A list of names is small; a larger text is something else. */
const maxTextBytes = 16 * 1024 * 1024;

let nextInMemory = 1;

/**
 * Opens one file and finds its arrays and names.
 * @throws FormatError with the sentence for the person
 */
export async function openPart(
  openSource: OpenSource,
  ref: FileRef,
  options: OpenPartOptions,
): Promise<OpenPart> {
  const bytes = await openSource(ref);
  const { name: file } = ref;
  const { signal, voidAs, isGlance = false, progress, lanes } = options;
  const { size } = bytes;
  const range = bytes.range?.();
  const identity = range ? `${range.path} ${range.identity}` : `in memory ${nextInMemory++}`;
  const part = { file, size, bytes, identity };
  try {
    if (/\.txt$/i.test(file)) {
      return { ...part, format: "text", ...(await readNames(file, bytes, isGlance)) };
    }
    const rowReaders = range && lanes?.rowReaders(file, range);
    const opened = await openFile(bytes, {
      signal,
      isGlance,
      ...(voidAs && { voidAs }),
      ...(progress && { progress }),
      ...(rowReaders && { rowReaders }),
    });
    return { ...part, format: opened.format, ...sourcesOf(file, opened) };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

async function readNames(file: string, bytes: ByteSource, isGlance: boolean): Promise<FileSources> {
  if (isGlance && bytes.size > limits.glanceTextBytes) throw tooFar(file);
  if (bytes.size > maxTextBytes) {
    throw new FormatError("TOO_LARGE", `"${file}" is too large for a list of names.`);
  }
  const content = await bytes.read(0, bytes.size);
  try {
    return linesInText(file, new TextDecoder("utf-8", { fatal: true }).decode(content));
  } catch {
    throw new FormatError("BAD_ENCODING", `"${file}" is no UTF-8 text; save it as UTF-8.`);
  }
}

/** Opens the files beside a dump; one that can't be read is told and left out. */
export async function openSiblings(
  openSource: OpenSource,
  refs: readonly FileRef[],
  options: OpenPartOptions,
): Promise<{ parts: OpenPart[]; problems: string[] }> {
  const parts: OpenPart[] = [];
  const problems: string[] = [];
  for (const ref of refs) {
    try {
      parts.push(await openPart(openSource, ref, options));
    } catch (error) {
      if (!(error instanceof FormatError) || error.reason === "CANCELLED") {
        await Promise.all(parts.map(part => part.bytes.close()));
        throw error;
      }
      problems.push(error.message);
    }
  }
  return { parts, problems };
}

/** All sources of several files, in order. */
export function allSources(parts: readonly OpenPart[]): Source[] {
  return parts.flatMap(part => part.sources);
}
