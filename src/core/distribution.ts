import { findPeak } from "./peak";
import { requireUsable } from "./rowState";
import { checkTemperature, scaledGap } from "./temperature";

/** What one row says at one temperature. Entropies are in nats, energies in units of a logit. */
export interface Distribution {
  readonly temperature: number;
  /** K, the length of the row. */
  readonly classes: number;
  /** The classes that are not masked (−∞), among which the distribution lies. */
  readonly unmasked: number;
  /** The most probable class, the lowest index of several. */
  readonly argMax: number;
  /** How many classes share the largest logit. */
  readonly ties: number;
  readonly maxProbability: number;
  /** Its logarithm, exact where the probability itself rounds to 1. */
  readonly maxLogProbability: number;
  /** Largest minus second largest probability; 1 where only one class is unmasked. */
  readonly margin: number;
  /** S = −Σ p ln p, from 0 to `lnK`. */
  readonly entropy: number;
  /** ln of the unmasked classes: the entropy of knowing nothing. */
  readonly lnK: number;
  /** e^S: as many equally likely classes would have this entropy. */
  readonly effectiveClasses: number;
  /** E = −Σ p z, the energy of a class being −z. */
  readonly energy: number;
  /** F = E − T·S = −T ln Z. */
  readonly freeEnergy: number;
  /** ln Z = logsumexp(z/T). */
  readonly logZ: number;
  /** C = Var_p(z)/T² = T·dS/dT. */
  readonly heatCapacity: number;
}

/**
 * Describes the tempered softmax of a row at temperature T in [0, ∞].
 *
 * The limits, m being the number of maximal classes and U that of the unmasked ones:
 * - T = 0: p = 1/m on the maxima, S = ln m, E = F = −max z, C = 0; ln Z tends to ±∞ with the sign
 *   of max z, and is ln m where max z = 0.
 * - T = ∞: p = 1/U, S = ln Z = ln U, E = −(mean z), C = 0, F = −∞; a lone class keeps F = −z.
 *
 * @param z logits of K classes, unchanged
 * @throws RangeError for a negative or NaN temperature, or a row that has no distribution (see
 *   `rowState`)
 */
export function describe(z: ArrayLike<number>, T: number): Distribution {
  const temperature = checkTemperature(T);
  requireUsable(z);
  const peak = findPeak(z);
  const { max, argMax, ties, second, unmasked } = peak;
  const { rest, mean, meanSquare } = moments(z, max, argMax, temperature);

  const lnK = Math.log(unmasked);
  const logSum = Math.log1p(rest);
  // Both terms are ≥ 0; only rounding can lift their sum over the bound.
  const entropy = Math.min(logSum - mean, lnK);
  const maxProbability = 1 / (1 + rest);
  return {
    temperature,
    classes: z.length,
    unmasked,
    argMax,
    ties,
    maxProbability,
    maxLogProbability: 0 - logSum,
    margin: 0 - Math.expm1(scaledGap(second, max, temperature)) * maxProbability,
    entropy,
    lnK,
    effectiveClasses: Math.exp(entropy),
    energy: 0 - (temperature === Infinity ? meanOf(z, unmasked) : rescale(max, mean, temperature)),
    freeEnergy: 0 - (unmasked === 1 ? max : rescale(max, logSum, temperature)),
    logZ: (max === 0 ? 0 : max / temperature) + logSum,
    heatCapacity: meanSquare - mean * mean,
  };
}

/**
 * With x = (z − max)/T: Σ e^x over all but the arg max (whose term is 1), and the means of x and x²
 * under p. Measured from the maximum the variance is safe in one pass: the arg max alone makes it
 * at least mean²/K, so the subtraction loses a factor K of the precision at the very worst.
 */
function moments(z: ArrayLike<number>, max: number, argMax: number, T: number) {
  let rest = 0;
  let first = 0;
  let square = 0;
  for (let i = 0; i < z.length; i++) {
    const x = scaledGap(z[i], max, T);
    const weight = Math.exp(x);
    if (weight === 0 || i === argMax) continue; // x may be −∞, and 0·(−∞) counts as 0
    rest += weight;
    first += weight * x;
    square += weight * x * x;
  }
  const sum = 1 + rest;
  return { rest, mean: first / sum, meanSquare: square / sum };
}

/** max + T·x, also where one of the two steps would overflow and the result would not. */
function rescale(max: number, x: number, T: number): number {
  const direct = max + T * x;
  return Number.isFinite(direct) ? direct : T * (max / T + x);
}

/** The mean of the unmasked logits. */
function meanOf(z: ArrayLike<number>, unmasked: number): number {
  let mean = 0;
  // Divided before it is added: a sum of logits near ±1e308 would overflow.
  for (let i = 0; i < z.length; i++) if (z[i] !== -Infinity) mean += z[i] / unmasked;
  return mean;
}
