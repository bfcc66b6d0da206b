import type { ByteSource } from "../byteSource";
import type { FormatError, Reason } from "../errors";
import { fileError } from "../errors";
import { limits } from "../limits";
import { checkShape } from "../shape";
import { parseDescr } from "./descr";
import type { ElementType } from "./descr";
import { parseLiteral } from "./literal";
import type { Literal } from "./literal";

/** `\x93NUMPY`, which starts every .npy file. */
export const npyMagic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);

export interface NpyHeader {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly count: bigint;
  readonly fortranOrder: boolean;
  readonly dataOffset: number;
}

/**
 * Reads the header of a .npy file, versions 1.0 to 3.0, after NumPy's own description of the
 * format (NEP 1, numpy.lib.format).
 * @param source starts with the magic; the caller has looked
 * @throws FormatError
 */
export async function readHeader(source: ByteSource): Promise<NpyHeader> {
  const { text, dataOffset } = await readHeaderText(source);
  const header = parseLiteral(source.name, text);
  const { descr, fortranOrder, shape } = headerEntries(source.name, header);
  if (fortranOrder.kind !== "bool") {
    throw bad(source, "BAD_HEADER", "its header does not say its order as True or False");
  }
  const type = parseDescr(source.name, descr);
  return {
    ...checkShape(source.name, dimsOf(source, shape)),
    type,
    fortranOrder: fortranOrder.value,
    dataOffset,
  };
}

async function readHeaderText(source: ByteSource): Promise<{ text: string; dataOffset: number }> {
  const start = await source.read(0, Math.min(source.size, 12));
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  if (start.length < 8) throw truncated(source);
  const version = `${view.getUint8(6)}.${view.getUint8(7)}`;
  if (!["1.0", "2.0", "3.0"].includes(version)) {
    const text = `is of .npy version ${version}, which is not known; save it with a usual version.`;
    throw fileError("UNSUPPORTED_VERSION", source.name, text, { offset: 6 });
  }
  const headerOffset = version === "1.0" ? 10 : 12;
  if (start.length < headerOffset) throw truncated(source);
  const length = version === "1.0" ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataOffset = headerOffset + length;
  if (dataOffset > source.size) throw truncated(source);
  if (length > limits.npyHeaderBytes) {
    throw bad(source, "HEADER_TOO_LARGE", "its header is larger than any real one");
  }
  const bytes = await source.read(headerOffset, length);
  return { text: decodeText(source, bytes, version), dataOffset };
}

/** Versions 1.0 and 2.0 are Latin-1: one byte, one character. 3.0 is UTF-8. */
function decodeText(source: ByteSource, bytes: Uint8Array, version: string): string {
  if (version !== "3.0") {
    const pieces: string[] = [];
    for (let i = 0; i < bytes.length; i += 4096) {
      pieces.push(String.fromCharCode(...bytes.subarray(i, i + 4096)));
    }
    return pieces.join("");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw bad(source, "BAD_HEADER", "its header is not valid text");
  }
}

/** Exactly the three entries of a header, each once. */
function headerEntries(fileName: string, header: Literal) {
  const found = new Map<string, Literal>();
  if (header.kind === "dict" && header.entries.length === 3) {
    for (const [key, value] of header.entries) {
      if (key.kind === "string") found.set(key.value, value);
    }
  }
  const descr = found.get("descr");
  const fortranOrder = found.get("fortran_order");
  const shape = found.get("shape");
  if (!descr || !fortranOrder || !shape) {
    const text = "its header does not say type, order and shape once each; save it again.";
    throw fileError("BAD_HEADER", fileName, text);
  }
  return { descr, fortranOrder, shape };
}

function dimsOf(source: ByteSource, shape: Literal): bigint[] {
  if (shape.kind !== "tuple") throw bad(source, "BAD_SHAPE", "its shape is no list of sizes");
  return shape.items.map(dim => {
    if (dim.kind !== "int")
      throw bad(source, "BAD_SHAPE", "its shape has a size that is no integer");
    return dim.value;
  });
}

function truncated(source: ByteSource): FormatError {
  return fileError(
    "TRUNCATED_HEADER",
    source.name,
    "ends inside its header (still being written?); wait until it is complete and open it again.",
    { offset: source.size },
  );
}

function bad(source: ByteSource, reason: Reason, what: string): FormatError {
  return fileError(reason, source.name, `${what}; save it again.`);
}
