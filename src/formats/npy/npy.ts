import type { DType } from "../../core/tensor";
import { itemSize } from "../../core/tensor";
import type { ByteSource } from "../byteSource";
import { fileError } from "../errors";
import { SourceTensor } from "../sourceTensor";
import type { ElementType } from "./descr";
import { readHeader } from "./header";

/** An array, and what a person should know of it. */
export interface NpyArray {
  readonly tensor: SourceTensor;
  readonly notes: readonly string[];
  /** What raw elements were taken for; absent where the file names its own type. */
  readonly voidAs?: DType;
  /** Where its data end; what follows in the source does not belong to it. */
  readonly end: number;
}

/**
 * Opens the .npy array that a source starts with. Its size is checked against the source's before
 * anything is read.
 * @param voidAs the number type to read raw bytes of that size as
 * @throws FormatError
 */
export async function openNpy(source: ByteSource, voidAs?: DType): Promise<NpyArray> {
  const { type, shape, count, fortranOrder, dataOffset } = await readHeader(source);
  const end = BigInt(dataOffset) + count * type.size;
  if (end > BigInt(source.size)) {
    throw fileError(
      "TRUNCATED_DATA",
      source.name,
      "is shorter than its header says (still being written?); wait until it is complete and open it again.",
      { offset: source.size },
    );
  }
  const { dtype, note } = chooseType(source.name, type, voidAs);
  const notes = note ? [note] : [];
  const trailing = source.size - Number(end);
  if (trailing > 0) notes.push(`${trailing} bytes after the data are not shown`);
  const { bigEndian } = type;
  const layout = { dtype, shape, fortranOrder, bigEndian, dataOffset };
  const tensor = new SourceTensor(source, layout);
  return { tensor, notes, end: Number(end), ...(type.raw && { voidAs: dtype }) };
}

function chooseType(
  fileName: string,
  type: ElementType,
  voidAs: DType | undefined,
): { dtype: DType; note?: string | undefined } {
  if (type.raw && voidAs && type.size === BigInt(itemSize[voidAs])) {
    return { dtype: voidAs, note: `raw bytes, read as ${voidAs} as asked` };
  }
  if (type.dtype) return { dtype: type.dtype, note: type.note };
  const advice =
    type.raw && type.size === 1n
      ? "could be any 8-bit type; save it again as float32."
      : "can't be shown; save it again as an array of plain numbers.";
  throw fileError("UNSUPPORTED_DTYPE", fileName, `holds ${type.unsupported}, which ${advice}`);
}
