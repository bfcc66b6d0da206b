import { argMaxOf } from "./peak";
import { requireUsable } from "./rowState";
import { checkTemperature, scaledGap } from "./temperature";

/**
 * The tempered softmax p_i(T) = exp(z_i/T) / Σ_j exp(z_j/T), computed as exp((z_i − max z)/T)
 * normalised, so that no score overflows it. T = 0 is the limit 1/m on each of the m maximal
 * classes, T = ∞ is uniform over the unmasked ones; a masked class (−∞) has p = 0 at every T.
 * @param z logits of K classes, unchanged
 * @param out where the K probabilities go; may be longer than K, and may be `z` itself
 * @throws RangeError for a negative or NaN temperature, a row that has no distribution (see
 *   `rowState`), or an `out` that is too short
 */
export function softmax(
  z: ArrayLike<number>,
  T: number,
  out: Float64Array = new Float64Array(z.length),
): Float64Array {
  writeExponents(z, T, out);
  let sum = 0;
  for (let i = 0; i < z.length; i++) sum += out[i] = Math.exp(out[i]);
  for (let i = 0; i < z.length; i++) out[i] /= sum;
  return out;
}

/**
 * ln p_i(T), exact where p itself is too small for a float64; −∞ where p is 0 in the limit or by a
 * mask. Arguments and errors as for `softmax`.
 */
export function logSoftmax(
  z: ArrayLike<number>,
  T: number,
  out: Float64Array = new Float64Array(z.length),
): Float64Array {
  const top = writeExponents(z, T, out);
  let rest = 0;
  for (let i = 0; i < z.length; i++) if (i !== top) rest += Math.exp(out[i]);
  const logZ = Math.log1p(rest); // the top class counts exp(0) = 1
  for (let i = 0; i < z.length; i++) out[i] -= logZ;
  return out;
}

/** Writes (z − max z)/T and returns the arg max. */
function writeExponents(z: ArrayLike<number>, temperature: number, out: Float64Array): number {
  const T = checkTemperature(temperature);
  requireUsable(z);
  if (out.length < z.length) {
    throw new RangeError(`${z.length} probabilities do not fit into an array of ${out.length}.`);
  }
  const top = argMaxOf(z);
  const max = z[top];
  for (let i = 0; i < z.length; i++) out[i] = scaledGap(z[i], max, T);
  return top;
}
