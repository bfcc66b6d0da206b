import type { Naming } from "../../src/protocol/attention";
import { tokenText } from "./words";

/** Fewer patches on a side than this are no picture. */
const leastSide = 3;

/** The side of a square of patches, with or without one place before it; null for no square. */
export function patchSide(length: number): number | null {
  const side = Math.floor(Math.sqrt(length));
  const isSquare = side * side === length || side * side + 1 === length;
  return isSquare && side >= leastSide ? side : null;
}

/** What queries or keys go by: their tokens, the row and column of their patch, or their numbers. */
export function placeNames(
  naming: Naming,
  tokens: readonly string[] | null,
  length: number,
): string[] {
  if (naming === "tokens" && tokens?.length === length) return tokens.map(tokenText);
  const side = naming === "patches" ? patchSide(length) : null;
  return Array.from({ length }, (_, i) => (side ? patchName(i, side, length) : String(i)));
}

/** Row and column from 0; a place before the square is that of the class. */
function patchName(index: number, side: number, length: number): string {
  const at = index - (length - side * side);
  return at < 0 ? "class" : `(${Math.floor(at / side)}, ${at % side})`;
}
