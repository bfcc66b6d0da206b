import type { Block } from "../calibration/rowSums";
import type { BlockType } from "./kernel";

/**
 * The logits of a block as numbers. Halves are widened into an array of their own, exactly; others
 * are seen where they stand.
 * @param bytes little-endian, aligned to the type's size
 * @param count how many logits
 */
export function numbersOf(bytes: Uint8Array, type: BlockType, count: number): Block {
  const { buffer, byteOffset } = bytes;
  switch (type) {
    case "float32":
      return new Float32Array(buffer, byteOffset, count);
    case "float64":
      return new Float64Array(buffer, byteOffset, count);
    case "float16":
      return Float32Array.from(new Uint16Array(buffer, byteOffset, count), float16);
    case "bfloat16":
      return widenBfloat16(new Uint16Array(buffer, byteOffset, count));
  }
}

/** A bfloat16 is the upper half of a float32. */
function widenBfloat16(halves: Uint16Array): Float32Array {
  const words = Uint32Array.from(halves, half => half << 16);
  return new Float32Array(words.buffer);
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
