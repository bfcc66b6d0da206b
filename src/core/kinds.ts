import { rowState } from "./rowState";
import type { DType } from "./tensor";

/** What a row's numbers are. "values" are no scores at all: an image, an embedding. */
export type Kind = "logits" | "log-probabilities" | "probabilities" | "values";

/**
 * The kind that one row's numbers look like: probabilities if all lie in [0, 1] and they sum to 1,
 * log-probabilities if all are ≤ 0 (−∞ allowed) and their exponentials do, logits otherwise.
 * Undefined for a row with NaN or +∞, one that is all −∞, and an empty one: they say nothing.
 * Clipping and rounding push real ones a little past 1, which the tolerance covers too.
 * @param tol how far the sum of probabilities, or the logsumexp, may be from 1 and 0
 */
export function rowKind(row: ArrayLike<number>, tol: number): Kind | undefined {
  if (rowState(row) !== "usable") return undefined;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  for (let i = 0; i < row.length; i++) {
    min = Math.min(min, row[i]);
    max = Math.max(max, row[i]);
    sum += row[i];
  }
  if (min >= 0 && max <= 1 + tol && Math.abs(sum - 1) < tol) return "probabilities";
  return max <= 0 && Math.abs(logSumExp(row)) < tol ? "log-probabilities" : "logits";
}

/** Plain, without a shift: far enough from 0 to underflow is far enough to say no. */
function logSumExp(row: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += Math.exp(row[i]);
  return Math.log(sum);
}

/**
 * The kind of an array by a sample of its rows: what all of them look like, or logits if they
 * disagree or none has anything to say. Never "values", which only a shape or a person can tell.
 * @param dtype the file's own type; half precision sums to 1 within 1e-2 only, others within 1e-4
 */
export function guessKind(rows: Iterable<ArrayLike<number>>, dtype: DType): Kind {
  const tol = dtype === "float16" || dtype === "bfloat16" ? 1e-2 : 1e-4;
  let guess: Kind | undefined;
  for (const row of rows) {
    const kind = rowKind(row, tol);
    if (kind !== undefined && kind !== (guess ??= kind)) return "logits";
  }
  return guess ?? "logits";
}
