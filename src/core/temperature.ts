/**
 * The temperature as a number the core can use: 0 and Infinity are limits, not errors.
 * @throws RangeError for a negative temperature or NaN
 */
export function checkTemperature(T: number): number {
  if (!(T >= 0)) throw new RangeError(`A temperature is 0 or more, up to ∞; this one is ${T}.`);
  return T + 0; // −0 becomes 0, which divides to the right infinity
}

/**
 * (v − max)/T for v ≤ max, the exponent of a tempered softmax, at every temperature from 0 to ∞.
 * A maximal class has 0, a masked one (−∞) has −∞; in between T = 0 gives −∞ and T = ∞ gives 0.
 */
export function scaledGap(v: number, max: number, T: number): number {
  if (v === max) return 0;
  const gap = v - max;
  if (gap !== -Infinity) return gap / T;
  // The gap is a mask's or too large for a float64; in the latter case T may still tame it.
  return v === -Infinity ? -Infinity : v / T - max / T;
}
