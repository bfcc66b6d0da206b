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

/** A bfloat16 is the upper half of a float32. */
function widenBfloat16(halves: Uint16Array): Float32Array {
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) words[i] = halves[i]! << 16;
  return new Float32Array(words.buffer);
}

let float16Table: Float32Array | undefined;

/** By table: all 65,536 halves take 256 KB, and a lookup beats the arithmetic tenfold. */
function widenFloat16(halves: Uint16Array): Float32Array {
  float16Table ??= Float32Array.from({ length: 65536 }, (_, bits) => float16(bits));
  const result = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) result[i] = float16Table[halves[i]!]!;
  return result;
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
