import { nodeStep, windowNodes } from "./grid";
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
 * worst one; so a look at every single gap bounds all rows. Slopes likewise; the entropy
 * is ln Z − (dZ/ds)/Z, whose derivative by ln Z is 1 less the mean of βδ, which is at most ln K.
 */
export function errorBound(classes: number): ErrorBound {
  const nodes = windowNodes(classes);
  const others = classes - 1;
  let value = 0;
  let slope = 0;
  for (let place = 0; place <= places; place++) {
    const position = nodes / 2 - 1 + place / places;
    const weights = hermiteWeights(nodes, position);
    const gaps = Array.from({ length: nodes }, (_, j) => Math.exp((j - position) * nodeStep));
    const top = gaps.flatMap(() => termMoments(0));
    const topValue = errorOf(weights.value, top, 1);
    const topSlope = errorOf(weights.slope, top, 0);
    for (let u = lowest; u < highest; u += step) {
      const x = Math.exp(u);
      const f = Math.exp(-x);
      const terms = gaps.flatMap(ratio => termMoments(x * ratio));
      const ofValue = topValue + others * errorOf(weights.value, terms, f);
      const ofSlope = topSlope + others * errorOf(weights.slope, terms, -x * f);
      value = Math.max(value, ofValue / (1 + others * f));
      slope = Math.max(slope, ofSlope / (1 + others * f));
    }
  }
  return { logZ: value, entropy: slope + Math.max(1, Math.log(classes) - 1) * value };
}

/** What one class adds to the moments of a node at which its gap is x. */
function termMoments(x: number): number[] {
  const e = Math.exp(-x);
  return [e, x * e, x * x * e];
}

/** How far the weighted sum may be from what it stands for, the rounding of the terms included. */
function errorOf(weights: Float64Array, terms: readonly number[], exact: number): number {
  let sum = 0;
  let rounded = 0;
  for (let p = 0; p < terms.length; p++) {
    sum += weights[p] * terms[p];
    rounded += Math.abs(weights[p] * terms[p]);
  }
  return Math.abs(sum - exact) + rounding * rounded;
}
