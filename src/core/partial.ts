import { argMaxOf } from "./peak";
import { checkTemperature } from "./temperature";

/**
 * Rows of which only some log-probabilities are known, as an API answers them: the k likeliest
 * classes, and the one that was sampled. What is known of the others bounds every tempered value.
 *
 * Let p_i be known for the listed classes, R = 1 − Σ p_i the remainder that the unlisted classes
 * q_j share, and q_j ≤ c, the cap. With β = 1/T the tempered probabilities are p_i^β / (S + U),
 * S = Σ p_i^β being known and U = Σ q_j^β not. Two lines bound it:
 * - crowded: Σ q^β = Σ q·q^(β−1) lies on the near side of R·c^(β−1), as q ≤ c: above U for β ≥ 1,
 *   below it for β ≤ 1, and reached by R/c classes at the cap;
 * - spread: by Jensen's inequality Σ q^β lies on the far side of N·(R/N)^β, for N unlisted classes:
 *   below U for β ≥ 1, above it for β ≤ 1, and reached by N equal ones. Where N is unknown this
 *   is 0 below T = 1 and ∞ above.
 * At T = 1 both are R, and what is listed is exact. Everything else falls as U rises.
 */
export interface PartialRow {
  /** Natural log-probabilities of the listed classes; −∞ for p = 0. */
  readonly logprobs: ArrayLike<number>;
  /** ln c, the largest log-probability that an unlisted class can have; 0 where nothing is known. */
  readonly cap: number;
  /** Listed and unlisted classes together, Infinity where unknown. */
  readonly vocabulary: number;
}

/** What a number is known to lie in; both ends are equal where it is known. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A partial row at a temperature. */
export interface PartialDistribution {
  /** The least and the most that each listed class can have. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Of all unlisted classes together. */
  readonly remainder: Range;
}

/** "overfull": the listed probabilities add up to more than 1, so they are none. */
export type PartialState = "usable" | "hasNaN" | "overfull" | "unknown";

/**
 * How far a sum of float32 log-probabilities, exponentiated, is from the truth; 1e-6 occurs in
 * answers of real services. The remainder is known no better.
 */
export const massRounding = 1e-5;

/** A hundred times the largest vocabularies. */
const mostClasses = 2 ** 24;

/** Sums beyond 1 by more are no rounding. */
const overfull = 1e-2;

/** Whether listed log-probabilities can belong to a distribution; "unknown" where all are −∞. */
export function partialState(logprobs: ArrayLike<number>): PartialState {
  const covered = coveredMass(logprobs);
  if (Number.isNaN(covered)) return "hasNaN";
  if (covered > 1 + overfull) return "overfull";
  return covered === 0 ? "unknown" : "usable";
}

/** Σ p of the listed classes, as written: past 1 by rounding at times. */
export function coveredMass(logprobs: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < logprobs.length; i++) sum += Math.exp(logprobs[i]);
  return sum;
}

/**
 * The cap of a list of the k likeliest classes to which the sampled one may have been added: the
 * smallest of the others. Those at p = 0 say nothing, as they may have underflowed.
 * @param sampled index of the sampled class, −1 for none
 * @returns a log-probability, 0 where the list says nothing
 */
export function capOf(logprobs: ArrayLike<number>, sampled: number): number {
  let cap = Infinity;
  for (let i = 0; i < logprobs.length; i++) {
    if (i !== sampled && logprobs[i] > -Infinity) cap = Math.min(cap, logprobs[i]);
  }
  return Math.min(cap, 0);
}

/**
 * Bounds of the tempered softmax of a partial row at T in [0, ∞], exact at T = 1.
 * @throws RangeError for a negative or NaN temperature, or a row that is not usable
 */
export function temperPartial(row: PartialRow, temperature: number): PartialDistribution {
  const T = checkTemperature(temperature);
  const { logprobs } = row;
  if (partialState(logprobs) !== "usable") throw new RangeError("This row has no distribution.");
  if (T === 1) {
    const exact = Float64Array.from(logprobs, Math.exp);
    return { low: exact, high: exact, remainder: exactly(Math.max(0, 1 - coveredMass(logprobs))) };
  }
  const beta = 1 / T;
  // All in units of the likeliest listed class, so that nothing overflows.
  const top = logprobs[argMaxOf(logprobs)];
  const weights = Float64Array.from(logprobs, l => Math.exp(times(beta, l - top)));
  const sum = weights.reduce((a, b) => a + b, 0);
  const unlisted = unlistedWeight(row, beta, top);
  return {
    low: weights.map(weight => weight / (sum + unlisted.high)),
    high: weights.map(weight => weight / (sum + unlisted.low)),
    remainder: { low: share(unlisted.low, sum), high: share(unlisted.high, sum) },
  };
}

/**
 * Bounds of the entropy at T = 1, in nats: an unlisted class adds q·(−ln q) ≥ q·(−ln c), and all
 * of them R·ln(N/R) at most, when they are equal.
 */
export function partialEntropy(row: PartialRow): Range {
  let listed = 0;
  for (let i = 0; i < row.logprobs.length; i++) {
    const l = row.logprobs[i];
    if (l > -Infinity) listed -= Math.exp(l) * l;
  }
  const { remainder, cap, unlisted } = unlistedOf(row);
  // R·ln(N/R) rises up to R = N/e.
  const spread = Math.min(remainder.high, unlisted / Math.E);
  const added = spread === 0 ? 0 : spread * Math.log(unlisted / spread);
  return { low: Math.max(0, listed - remainder.low * cap), high: listed + added };
}

/** U, in units of the likeliest listed class. */
function unlistedWeight(row: PartialRow, beta: number, top: number): Range {
  const { remainder, cap, unlisted } = unlistedOf(row);
  if (unlisted === 0) return exactly(0);
  const crowded = (mass: number) =>
    mass === 0 ? 0 : Math.exp(Math.log(mass) - cap + times(beta, cap - top));
  const spread = (mass: number) => {
    if (mass === 0) return 0;
    if (unlisted === Infinity) return beta > 1 ? 0 : Infinity;
    return unlisted * Math.exp(times(beta, Math.log(mass / unlisted) - top));
  };
  return beta > 1
    ? { low: spread(remainder.low), high: crowded(remainder.high) }
    : { low: crowded(remainder.low), high: spread(remainder.high) };
}

/** What is known of the unlisted classes: their mass, ln of what one can have, and their number. */
function unlistedOf({ logprobs, cap, vocabulary }: PartialRow) {
  const rest = Math.max(0, 1 - coveredMass(logprobs));
  const unlisted = Math.max(0, vocabulary - logprobs.length);
  const remainder = { low: Math.max(0, rest - massRounding), high: rest + massRounding };
  // Too small a cap for the mass there is: then the list is not of the likeliest.
  const fits = remainder.low <= Math.min(unlisted, mostClasses) * Math.exp(cap);
  return { remainder, cap: Math.min(fits ? cap : 0, Math.log(remainder.high)), unlisted };
}

/** β·x with β = ∞ and x = 0 making 0: equals stay equal at T = 0; and −∞ staying so at β = 0. */
function times(beta: number, x: number): number {
  return x === 0 || x === -Infinity ? x : beta * x;
}

function share(part: number, rest: number): number {
  return part === Infinity ? 1 : part / (part + rest);
}

function exactly(value: number): Range {
  return { low: value, high: value };
}
