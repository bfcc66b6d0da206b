import type { Kind } from "./kinds";

/**
 * Scores as logits: probabilities as their logarithms (exact up to a constant; log 0 = −∞), all
 * other kinds as they are. Nothing is renormalised. Works element by element, so a block of rows
 * may be given as well as one row.
 * @param out where they go; may be longer, and may be `row` itself
 */
export function toLogits(
  row: ArrayLike<number>,
  kind: Kind,
  out: Float64Array = new Float64Array(row.length),
): Float64Array {
  const isProbability = kind === "probabilities";
  for (let i = 0; i < row.length; i++) out[i] = isProbability ? Math.log(row[i]) : row[i];
  return out;
}

/**
 * One sigmoid score as the logits of two classes, of which class 1 is the one scored: a logit z is
 * [0, z], a probability p is [log(1−p), log p], and a log-probability likewise.
 * @param out where the two go, at `offset`
 */
export function binaryRow(
  score: number,
  kind: Kind,
  out: Float64Array = new Float64Array(2),
  offset = 0,
): Float64Array {
  const isProbability = kind === "probabilities";
  out[offset + 1] = isProbability ? Math.log(score) : score;
  if (isProbability) out[offset] = Math.log1p(-score);
  else out[offset] = kind === "log-probabilities" ? log1mExp(score) : 0;
  return out;
}

/** log(1 − e^x) for x ≤ 0, by the form that is exact on its side of −ln 2 (Mächler 2012). */
function log1mExp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}
