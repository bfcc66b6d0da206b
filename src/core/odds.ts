import { checkTemperature, scaledGap } from "./temperature";

/** One class against another. All are NaN where both are masked: neither can occur. */
export interface Odds {
  /** Δ = z_a − z_b, ±∞ against a masked class. */
  readonly gap: number;
  /** p_a / p_b = exp(Δ/T). */
  readonly odds: number;
  /** p_a / (p_a + p_b), the probability of a in a choice of the two. */
  readonly probability: number;
}

/**
 * The odds of class a against class b at temperature T. At T = 0 they are ∞, 1 or 0; at T = ∞ they
 * are 1, except against a masked class.
 * @throws RangeError for a negative or NaN temperature, or a class that the row does not have
 */
export function oddsOf(z: ArrayLike<number>, a: number, b: number, T: number): Odds {
  const temperature = checkTemperature(T);
  const logit = (k: number) => {
    if (!Number.isInteger(k) || k < 0 || k >= z.length) {
      throw new RangeError(`There is no class ${k} in a row of ${z.length}.`);
    }
    return z[k];
  };
  const gap = logit(a) - logit(b);
  if (Number.isNaN(gap)) return { gap, odds: NaN, probability: NaN };
  // From the larger one down, so that a gap too large for a float64 is scaled, not lost.
  const size = -scaledGap(Math.min(z[a], z[b]), Math.max(z[a], z[b]), temperature);
  const odds = Math.exp(gap < 0 ? -size : size);
  return { gap, odds, probability: probabilityFromOdds(odds) };
}

/**
 * The gap that gives a class probability q in a choice of two: Δ = T·ln(q/(1−q)); ±∞ for q of 1
 * and 0. Even odds need none at any T; at T = 0 it is 0 for all q, since every gap above 0, however
 * small, decides there.
 * @throws RangeError for q outside [0, 1], or a negative or NaN temperature
 */
export function gapForProbability(q: number, T: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`A probability is from 0 to 1; this one is ${q}.`);
  const temperature = checkTemperature(T);
  return temperature === 0 || q === 0.5 ? 0 : temperature * Math.log(q / (1 - q));
}

/** odds/(1+odds), 1 for infinite odds. */
function probabilityFromOdds(odds: number): number {
  return odds === Infinity ? 1 : odds / (1 + odds);
}
