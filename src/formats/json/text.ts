import type { ByteSource } from "../byteSource";
import { fileError } from "../errors";
import { limits } from "../limits";

/** Called while a file is read: bytes done, bytes in all. */
export type Progress = (done: number, total: number) => void;

/**
 * Reads a whole text file as UTF-8 without a byte-order mark; UTF-16 with one is converted.
 * @throws FormatError TOO_LARGE, BAD_ENCODING, or the source's
 */
export async function readText(source: ByteSource, progress?: Progress): Promise<Uint8Array> {
  if (source.size > limits.jsonBytes) {
    const most = limits.jsonBytes / 2 ** 20;
    const text = `is over ${most} MB, too large to read as JSON; save it as .npy or split it.`;
    throw fileError("TOO_LARGE", source.name, text);
  }
  const bytes = allocate(source);
  for (let at = 0; at < source.size;) {
    const chunk = await source.read(at, Math.min(limits.jsonChunkBytes, source.size - at));
    bytes.set(chunk, at);
    at += chunk.length;
    progress?.(at, source.size);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return fromUtf16(source, bytes, "utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return fromUtf16(source, bytes, "utf-16be");
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return hasMark ? bytes.subarray(3) : bytes;
}

function allocate(source: ByteSource): Uint8Array {
  try {
    return new Uint8Array(source.size);
  } catch {
    const text = "does not fit into memory; save it as .npy or split it.";
    throw fileError("TOO_LARGE", source.name, text);
  }
}

function fromUtf16(source: ByteSource, bytes: Uint8Array, encoding: string): Uint8Array {
  try {
    return new TextEncoder().encode(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    const text = "is not valid UTF-16 text; save it again as UTF-8.";
    throw fileError("BAD_ENCODING", source.name, text);
  }
}
