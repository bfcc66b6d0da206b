import type { Cancellation, DType, FileRange, Tensor, Values } from "../core/tensor";
import { elementCount, itemSize } from "../core/tensor";
import type { ByteSource } from "./byteSource";
import { decode } from "./decode";
import { fileError } from "./errors";
import { limits } from "./limits";

/** How the elements lie in their source. */
export interface Layout {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly fortranOrder: boolean;
  readonly bigEndian: boolean;
  /** Byte offset of the first element; need not be aligned. */
  readonly dataOffset: number;
}

/** A tensor over a run of bytes in a source. The opener has checked that all of it is there. */
export class SourceTensor implements Tensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly fortranOrder: boolean;
  readonly sequential: boolean;

  constructor(
    private readonly source: ByteSource,
    private readonly layout: Layout,
  ) {
    this.dtype = layout.dtype;
    this.shape = layout.shape;
    this.fortranOrder = layout.fortranOrder;
    this.sequential = source.sequential ?? false;
  }

  extent(): FileRange | undefined {
    const { bigEndian, dataOffset } = this.layout;
    const range = bigEndian ? undefined : this.source.range?.();
    return range && { ...range, offset: range.offset + dataOffset };
  }

  /** One ranged read, then decoding. @throws FormatError */
  async read(start: number, count: number, signal?: Cancellation): Promise<Values> {
    const total = elementCount(this.shape);
    const inside = start >= 0 && count >= 0 && start + count <= total;
    if (!inside || !Number.isSafeInteger(start) || !Number.isSafeInteger(count)) {
      throw fileError(
        "BAD_LENGTH",
        this.source.name,
        `elements ${start} to ${start + count} were asked for, but there are ${total}; ask for fewer.`,
      );
    }
    const size = itemSize[this.dtype];
    if (count * size > limits.readBytes) {
      throw fileError(
        "TOO_LARGE",
        this.source.name,
        `${count} elements are too many to read at once; read it in parts.`,
      );
    }
    const offset = this.layout.dataOffset + start * size;
    const bytes =
      count > 0 ? await this.source.read(offset, count * size, signal) : new Uint8Array();
    return decode(bytes, this.dtype, this.layout.bigEndian);
  }
}
