import type { DType } from "../../core/tensor";
import { itemSize } from "../../core/tensor";
import type { FormatError } from "../errors";
import { fileError, quote } from "../errors";
import { limits } from "../limits";
import type { Literal } from "./literal";
import { fieldsSize } from "./fields";

/** What a .npy header says of one element. */
export interface ElementType {
  /** Bytes of one element; in BigInt, because a hostile header can say anything. */
  readonly size: bigint;
  readonly bigEndian: boolean;
  /** The number type, where it is one that can be shown. */
  readonly dtype?: DType;
  /** Otherwise what it is, as the object of a sentence: "complex numbers". */
  readonly unsupported?: string;
  /** Raw bytes, which a person may ask to be read as a number type of the same size. */
  readonly raw?: boolean;
  readonly note?: string;
}

const numbers: Readonly<Record<string, Readonly<Record<string, DType>>>> = {
  b: { "": "bool", 1: "bool" },
  "?": { "": "bool" },
  i: { 1: "int8", 2: "int16", 4: "int32", 8: "int64" },
  u: { 1: "uint8", 2: "uint16", 4: "uint32", 8: "uint64" },
  f: { 2: "float16", 4: "float32", 8: "float64" },
};

/** Types that NumPy knows and this reader does not show: letter, sizes, and their name. */
const unsupportedNumbers = [
  { code: "f", sizes: ["1"], name: "8-bit floating-point numbers" },
  { code: "f", sizes: ["12", "16"], name: "long doubles" },
  { code: "c", sizes: ["8", "16", "24", "32"], name: "complex numbers" },
] as const;

const timeUnit =
  /^8(\[([1-9]\d{0,9})?(Y|M|W|D|h|m|s|ms|us|\u03bcs|ns|ps|fs|as|generic)(\/[1-9]\d{0,9})?\])?$/;

/**
 * What `descr` says, after NumPy's array interface: a string such as `<f4`, or the list of a
 * structured type.
 * @throws FormatError BAD_DTYPE for what NumPy would not take either, OBJECT_ARRAY, TOO_LARGE
 */
export function parseDescr(fileName: string, descr: Literal): ElementType {
  if (descr.kind === "string") return parseTypeString(fileName, descr.value);
  if (descr.kind !== "list" && descr.kind !== "tuple") throw badDtype(fileName, "is no text");
  const size = fieldsSize(fileName, descr);
  return { size, bigEndian: false, unsupported: "records of several fields" };
}

/** The error for an element type that does not exist. */
export function badDtype(fileName: string, what: string): FormatError {
  const sentence = `its element type ${what}, which NumPy would not write; save it again.`;
  return fileError("BAD_DTYPE", fileName, sentence);
}

function parseTypeString(fileName: string, descr: string): ElementType {
  if (Object.hasOwn(itemSize, descr)) return native(descr as DType);
  const [, order = "", code = "", rest = ""] = /^([<>|=]?)([a-zA-Z?])(.*)$/.exec(descr) ?? [];
  const known = Object.hasOwn(numbers, code) ? numbers[code]! : {};
  if (Object.hasOwn(known, rest)) {
    const dtype = known[rest]!;
    const stated = order === "<" || order === ">" || itemSize[dtype] === 1;
    if (!stated) return native(dtype);
    return { size: BigInt(itemSize[dtype]), bigEndian: order === ">", dtype };
  }
  if (code === "O") throw objectArray(fileName);
  const other = parseOther(code, rest);
  if (!other) throw badDtype(fileName, `is ${quote(descr)}`);
  if (other.size > limits.itemBytes) throw tooLargeItem(fileName);
  return { ...other, bigEndian: order === ">" };
}

/** A type whose byte order is not stated: NumPy takes the machine's own, nearly always little. */
function native(dtype: DType): ElementType {
  const size = BigInt(itemSize[dtype]);
  if (size === 1n) return { size, bigEndian: false, dtype };
  const note = "byte order not stated, read as little-endian";
  return { size, bigEndian: false, dtype, note };
}

function parseOther(code: string, rest: string): Omit<ElementType, "bigEndian"> | undefined {
  for (const { code: letter, sizes, name } of unsupportedNumbers) {
    if (code === letter && sizes.some(size => size === rest)) {
      return { size: BigInt(rest), unsupported: name };
    }
  }
  if (code === "M" && timeUnit.test(rest)) return { size: 8n, unsupported: "dates" };
  if (code === "m" && timeUnit.test(rest)) return { size: 8n, unsupported: "time spans" };
  if (!/^\d{0,12}$/.test(rest)) return undefined;
  if (code === "S" || code === "a") return { size: BigInt(rest), unsupported: "byte strings" };
  if (code === "U") return { size: 4n * BigInt(rest), unsupported: "text" };
  return code === "V" ? rawBytes(BigInt(rest)) : undefined;
}

/**
 * Raw bytes. Two of them are how bfloat16 is written (by ml_dtypes, hence JAX), and nothing else
 * in use; one could be any of fourteen 8-bit types, so that one is never guessed.
 */
function rawBytes(size: bigint): Omit<ElementType, "bigEndian"> {
  if (size !== 2n) return { size, raw: true, unsupported: `raw elements of ${size} bytes` };
  const note = "read as bfloat16: the file says only that each element has 2 bytes";
  return { size, raw: true, dtype: "bfloat16", note };
}

function objectArray(fileName: string): FormatError {
  return fileError(
    "OBJECT_ARRAY",
    fileName,
    "holds Python objects, which only running code could read; save it again as an array of numbers.",
  );
}

/** The error for an element that is larger than NumPy allows. */
export function tooLargeItem(fileName: string): FormatError {
  return fileError("TOO_LARGE", fileName, "one element would take over 2 GB; save it again.");
}
