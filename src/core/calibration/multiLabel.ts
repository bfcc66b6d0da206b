import type { Kind } from "../kinds";
import { binaryRow } from "../toLogits";

/**
 * Sigmoid scores as rows of two logits, each score a row of its own: what binary scores (N) and
 * multi-label scores (N × K, cell by cell) are measured as. Their 0/1 labels, in the same order,
 * are the labels of these rows.
 * @param out where the rows go; may be longer than twice the scores
 */
export function sigmoidRows(
  scores: ArrayLike<number>,
  kind: Kind,
  out: Float64Array = new Float64Array(2 * scores.length),
): Float64Array {
  for (let i = 0; i < scores.length; i++) binaryRow(scores[i], kind, out, 2 * i);
  return out;
}
