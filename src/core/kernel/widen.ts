import type { Block } from "../calibration/rowSums";
import { widenBfloat16, widenFloat16 } from "../halves";
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
      return widenFloat16(new Uint16Array(buffer, byteOffset, count));
    case "bfloat16":
      return widenBfloat16(new Uint16Array(buffer, byteOffset, count));
  }
}
