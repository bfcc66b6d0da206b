import { fileError } from "./errors";
import { limits } from "./limits";

/**
 * Checks dims as read from a header, before anything is multiplied or allocated.
 * @returns the dims as numbers and the exact element count
 * @throws FormatError TOO_MANY_DIMS, BAD_SHAPE, TOO_LARGE
 */
export function checkShape(
  fileName: string,
  dims: readonly bigint[],
): { shape: number[]; count: bigint } {
  if (dims.length > limits.dims) {
    throw fileError(
      "TOO_MANY_DIMS",
      fileName,
      `the array has ${dims.length} dimensions, and at most ${limits.dims} are possible; save it again.`,
    );
  }
  if (dims.some(dim => dim < 0n)) {
    throw fileError("BAD_SHAPE", fileName, "the shape has a negative size; save it again.");
  }
  let count = 1n;
  for (const dim of dims) count *= dim;
  if (count > limits.elements || dims.some(dim => dim > limits.elements)) {
    throw fileError(
      "TOO_LARGE",
      fileName,
      "the shape describes more elements than any file can hold; save it again.",
    );
  }
  return { shape: dims.map(Number), count };
}
