import { widenBfloat16, widenFloat16 } from "../core/halves";
import type { DType, Values } from "../core/tensor";
import { itemSize } from "../core/tensor";

const hostIsBigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

/**
 * Decodes a run of elements, exactly. Works on an aligned copy where the bytes are not aligned,
 * and in place otherwise: the bytes belong to the caller (see ByteSource.read).
 * @param bytes a whole number of elements
 */
export function decode(bytes: Uint8Array, dtype: DType, bigEndian: boolean): Values {
  const size = itemSize[dtype];
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  if (bigEndian !== hostIsBigEndian) swapBytes(aligned, size);
  const { buffer, byteOffset } = aligned;
  const count = aligned.length / size;
  switch (dtype) {
    case "bool":
      // NumPy takes every byte but 0 as true, whatever wrote it.
      return aligned.map(byte => (byte === 0 ? 0 : 1));
    case "uint8":
      return aligned;
    case "int8":
      return new Int8Array(buffer, byteOffset, count);
    case "int16":
      return new Int16Array(buffer, byteOffset, count);
    case "uint16":
      return new Uint16Array(buffer, byteOffset, count);
    case "int32":
      return new Int32Array(buffer, byteOffset, count);
    case "uint32":
      return new Uint32Array(buffer, byteOffset, count);
    case "int64":
      return new BigInt64Array(buffer, byteOffset, count);
    case "uint64":
      return new BigUint64Array(buffer, byteOffset, count);
    case "float16":
      return widenFloat16(new Uint16Array(buffer, byteOffset, count));
    case "bfloat16":
      return widenBfloat16(new Uint16Array(buffer, byteOffset, count));
    case "float32":
      return new Float32Array(buffer, byteOffset, count);
    case "float64":
      return new Float64Array(buffer, byteOffset, count);
  }
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let start = 0; size > 1 && start < bytes.length; start += size) {
    for (let a = start, b = start + size - 1; a < b; a++, b--) {
      const byte = bytes[a]!;
      bytes[a] = bytes[b]!;
      bytes[b] = byte;
    }
  }
}
