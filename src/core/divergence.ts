import { checkTemperature } from "./temperature";

/** S(q) = −Σ q ln q in nats, with 0·ln 0 = 0. */
export function entropyOf(q: ArrayLike<number>): number {
  let entropy = 0;
  for (let i = 0; i < q.length; i++) if (q[i] > 0) entropy -= q[i] * Math.log(q[i]);
  return entropy;
}

/**
 * E(q) = −Σ q z with 0·(−∞) = 0; ∞ if q gives weight to a masked class.
 * @throws RangeError if q and z differ in length
 */
export function energyOf(q: ArrayLike<number>, z: ArrayLike<number>): number {
  requireSameLength(q, z);
  let energy = 0;
  for (let i = 0; i < q.length; i++) if (q[i] !== 0) energy -= q[i] * z[i];
  return energy;
}

/**
 * F(q) = E(q) − T·S(q), the free energy of any distribution q under the logits z. The tempered
 * softmax p minimises it: F(q) − F(p) = T·KL(q‖p) (the Gibbs variational principle).
 * At T = ∞ it is −∞, unless q is certain of one class and has no entropy.
 * @throws RangeError for a negative or NaN temperature, or if q and z differ in length
 */
export function freeEnergyOf(q: ArrayLike<number>, z: ArrayLike<number>, T: number): number {
  const temperature = checkTemperature(T);
  const entropy = entropyOf(q);
  return energyOf(q, z) - (entropy === 0 ? 0 : temperature * entropy);
}

/**
 * KL(q‖p) = Σ q ln(q/p) ≥ 0 in nats, with 0·ln 0 = 0; ∞ if q gives weight where p has none.
 * Both are taken to sum to 1.
 * @throws RangeError if q and p differ in length
 */
export function klDivergence(q: ArrayLike<number>, p: ArrayLike<number>): number {
  requireSameLength(q, p);
  let divergence = 0;
  for (let i = 0; i < q.length; i++) {
    if (q[i] > 0) divergence += q[i] * (Math.log(q[i]) - Math.log(p[i]));
  }
  return Math.max(0, divergence); // rounding may leave −1e-17 for equal distributions
}

function requireSameLength(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length) {
    throw new RangeError(`A row of ${a.length} cannot be compared with a row of ${b.length}.`);
  }
}
