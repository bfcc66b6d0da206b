import type { DType } from "../../core/tensor";
import { itemSize } from "../../core/tensor";
import type { ByteSource } from "../byteSource";
import { fileError, FormatError, quote } from "../errors";
import type { JsonValue, Member } from "../index";
import { NumberArray } from "../json/numberArray";
import { parseJson } from "../json/parseJson";
import { limits } from "../limits";
import { checkShape } from "../shape";
import { SourceTensor } from "../sourceTensor";

const dtypes: ReadonlyMap<string, DType> = new Map([
  ["BOOL", "bool"],
  ["I8", "int8"],
  ["U8", "uint8"],
  ["I16", "int16"],
  ["U16", "uint16"],
  ["I32", "int32"],
  ["U32", "uint32"],
  ["I64", "int64"],
  ["U64", "uint64"],
  ["F16", "float16"],
  ["BF16", "bfloat16"],
  ["F32", "float32"],
  ["F64", "float64"],
]);

/** Types that exist and are not shown, with their bits, so that offsets can still be checked. */
const unsupportedBits: ReadonlyMap<string, number> = new Map([
  ["F4", 4],
  ["F6_E2M3", 6],
  ["F6_E3M2", 6],
  ["F8_E4M3", 8],
  ["F8_E5M2", 8],
  ["F8_E8M0", 8],
  ["F8_E4M3FNUZ", 8],
  ["F8_E5M2FNUZ", 8],
  ["C64", 64],
]);

/** One tensor as the header describes it. */
interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Opens a .safetensors file: 8 bytes of header length, a JSON header, then the data. Checked as
 * the reference reader does: the tensors fill the data exactly, without hole, overlap or tail.
 * @throws FormatError BAD_SAFETENSORS; a type that can't be shown is its member's refusal instead
 */
export async function openSafetensors(source: ByteSource): Promise<Member[]> {
  const { header, dataOffset } = await readHeader(source);
  const entries: Entry[] = [];
  for (const [name, value] of header) {
    if (name === "__metadata__") checkMetadata(source, value);
    else entries.push(parseEntry(source, name, value));
  }
  checkOffsets(source, entries, source.size - dataOffset);
  return entries.map(entry => member(source, entry, dataOffset));
}

/** The header's length, or undefined where the first 8 bytes and the size rule it out. */
export function headerLength(start: Uint8Array, size: number): number | undefined {
  if (start.length < 8) return undefined;
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  const fits = length <= BigInt(limits.safetensorsHeaderBytes) && length <= BigInt(size - 8);
  return fits && length > 0n ? Number(length) : undefined;
}

async function readHeader(source: ByteSource) {
  const start = await source.read(0, Math.min(8, source.size));
  const length = headerLength(start, source.size);
  if (length === undefined) {
    throw bad(source, "its header does not fit into the file (still being written?)");
  }
  const bytes = await source.read(8, length);
  if (bytes[0] !== 0x7b) throw bad(source, "its header does not start with a brace");
  const header = parseHeader(source, bytes);
  if (!(header instanceof Map)) throw bad(source, "its header is no table of tensors");
  return { header: header as ReadonlyMap<string, JsonValue>, dataOffset: 8 + length };
}

function parseHeader(source: ByteSource, bytes: Uint8Array): JsonValue {
  try {
    return parseJson(source.name, bytes, { strict: true });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const offset = 8 + (error.place.offset ?? 0);
    throw bad(source, `its header can't be read (at byte ${offset})`, offset);
  }
}

function checkMetadata(source: ByteSource, value: JsonValue): void {
  const isText = value instanceof Map && [...value.values()].every(x => typeof x === "string");
  if (!isText) throw bad(source, "its metadata are not plain text");
}

function parseEntry(source: ByteSource, name: string, value: JsonValue): Entry {
  const fields: ReadonlyMap<string, JsonValue> = value instanceof Map ? value : new Map();
  const dtype = fields.get("dtype");
  const dims = integers(fields.get("shape"));
  const offsets = integers(fields.get("data_offsets"));
  if (fields.size !== 3 || typeof dtype !== "string" || !dims || offsets?.length !== 2) {
    throw bad(source, `tensor ${quote(name)} is not described by type, shape and offsets alone`);
  }
  const { shape, count } = checkedShape(source, name, dims);
  const [begin, end] = offsets as [number, number];
  const known = dtypes.get(dtype);
  const bits = known ? 8 * itemSize[known] : unsupportedBits.get(dtype);
  if (bits === undefined) throw bad(source, `tensor ${quote(name)} has an unknown type`);
  if (BigInt(end - begin) * 8n !== count * BigInt(bits)) {
    throw bad(source, `tensor ${quote(name)} has another size than its shape says`);
  }
  return { name, dtype, shape, begin, end };
}

/** Any fault of the shape is one of the header: other readers refuse the file for it. */
function checkedShape(source: ByteSource, name: string, dims: readonly number[]) {
  try {
    return checkShape(source.name, dims.map(BigInt));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw bad(source, `tensor ${quote(name)} has an impossible shape`);
  }
}

/** A list of integers below 2^53; an empty list is read as a list without a type. */
function integers(value: JsonValue | undefined): number[] | undefined {
  if (Array.isArray(value) && value.length === 0) return [];
  if (!(value instanceof NumberArray) || value.shape.length !== 1) return undefined;
  const numbers = new Float64Array(value.length);
  value.copy(0, value.length, NaN, numbers);
  return numbers.every(Number.isSafeInteger) ? [...numbers] : undefined;
}

function checkOffsets(source: ByteSource, entries: readonly Entry[], size: number): void {
  let at = 0;
  for (const entry of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin !== at) {
      throw bad(source, `tensor ${quote(entry.name)} does not start where the one before it ends`);
    }
    at = entry.end;
  }
  if (at !== size) {
    const what = at > size ? "is shorter than its header says (still being written?)" : undefined;
    throw bad(source, what ?? "has bytes after its last tensor");
  }
}

function member(source: ByteSource, entry: Entry, dataOffset: number): Member {
  const dtype = dtypes.get(entry.dtype);
  const { name, shape } = entry;
  if (!dtype) {
    const what = `tensor ${quote(name)} is of type ${entry.dtype}, which can't be shown`;
    const text = `${what}; save it again as float32.`;
    return { name, refusal: fileError("UNSUPPORTED_DTYPE", source.name, text), notes: [] };
  }
  const layout = { dtype, shape, fortranOrder: false, bigEndian: false };
  const tensor = new SourceTensor(source, { ...layout, dataOffset: dataOffset + entry.begin });
  return { name, tensor, notes: [] };
}

function bad(source: ByteSource, what: string, offset = 8): FormatError {
  return fileError("BAD_SAFETENSORS", source.name, `${what}; save it again.`, { offset });
}
