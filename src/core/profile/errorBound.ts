import { momentCount, nodeStep, windowNodes } from "./grid";
import { hermiteWeights } from "./hermite";

/** How far a profile's numbers can be from the exact ones, for whatever logits. */
export interface ErrorBound {
  /** Of ln Z, and so of the NLL; the relative error of 1/Z, the confidence. */
  readonly logZ: number;
  /** Of the entropy, in nats. */
  readonly entropy: number;
}

/** Places between two nodes that are looked at. */
const places = 8;
/** ln βδ that are looked at: beyond them a term is too near to 1, or too small, to err. */
const lowest = -16;
const highest = 4.5;
const step = 0.1;

/** Half the spacing of float32: what rounding the planes does to each. */
const rounding = 2 ** -24;

/**
 * A bound over every possible row of K classes, at every temperature that profiles cover.
 *
 * Z is 1 for the arg max and K − 1 terms f = e^(−βδ). Interpolation errs by some r on the former,
 * by rounding alone, and by E(βδ) on each of the latter. By the mediant inequality the relative
 * error, at most (r + Σ|E|)/(1 + Σf), is no larger than it is where all gaps are the same, the
 * worst one; so a look at every single gap bounds all rows.
 *
 * The entropy is ln Z + M, where M = −(dZ/ds)/Z is the mean of βδ, so that errors e of Z and e′ of
 * dZ/ds move it by ((1 − M)e − e′)/Z. That is one reading too, with weights of its own, and bounded
 * likewise. M is somewhere in [0, ln K], and as the bound is convex in M it is largest at an end.
 */
export function errorBound(classes: number): ErrorBound {
  const nodes = windowNodes(classes);
  let logZ = 0;
  let entropy = 0;
  for (let place = 0; place <= places; place++) {
    const position = nodes / 2 - 1 + place / places;
    const { value, slope } = hermiteWeights([...Array(nodes).keys()], position);
    logZ = Math.max(
      logZ,
      relativeError(classes, position, value, f => f),
    );
    for (const mean of [0, Math.log(classes)]) {
      const weights = value.map((w, p) => (1 - mean) * w - slope[p]);
      const exact = (f: number, x: number) => (1 - mean + x) * f;
      entropy = Math.max(entropy, relativeError(classes, position, weights, exact));
    }
  }
  return { logZ, entropy };
}

/**
 * The most that a reading can err by, as a part of Z.
 * @param exact what the reading stands for of a term f = e^(−x)
 */
function relativeError(
  classes: number,
  position: number,
  weights: Float64Array,
  exact: (f: number, x: number) => number,
): number {
  const nodes = weights.length / momentCount;
  const ratios = Array.from({ length: nodes }, (_, j) => Math.exp((j - position) * nodeStep));
  const others = classes - 1;
  const top = errorOf(weights, ratios, 0, exact);
  let most = top;
  for (let u = lowest; u < highest; u += step) {
    const x = Math.exp(u);
    const error = top + others * errorOf(weights, ratios, x, exact);
    most = Math.max(most, error / (1 + others * Math.exp(-x)));
  }
  return most;
}

/** How far the weighted sum may be off for a term of gap x, the rounding of planes included. */
function errorOf(
  weights: Float64Array,
  ratios: readonly number[],
  x: number,
  exact: (f: number, x: number) => number,
): number {
  let sum = 0;
  let size = 0;
  for (let p = 0; p < weights.length; p++) {
    const gap = x * ratios[Math.floor(p / momentCount)];
    const part = weights[p] * gap ** (p % momentCount) * Math.exp(-gap);
    sum += part;
    size += Math.abs(part);
  }
  return Math.abs(sum - exact(Math.exp(-x), x)) + rounding * size;
}
