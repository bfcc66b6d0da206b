import { lagrangeWeights } from "../lagrange";
import { maxTemperature, minTemperature } from "../temperatureScale";
import type { SmoothSums } from "./smoothSums";

/** Places between the ends of what profiles cover, evenly laid in ln β. */
const steps = 256;
const step = Math.log(maxTemperature / minTemperature) / steps;

/**
 * Places that a number between them is read from. Seen from ln β, a row's Z has its nearest zero
 * atan(π/ln K) away, eleven steps for a vocabulary of 150,000: there ten places keep 2e-8 of a
 * sum's size, and five on either side are what the profile's grid has room for beyond its ends.
 */
const stencil = 10;
const margin = stencil / 2 - 1;

/** Sums that are smooth in T, kept where they were found, and read between. */
export class SmoothTable {
  /** How many places there are. */
  static readonly places = steps + 2 * margin + 1;

  private readonly found: (SmoothSums | undefined)[] = [];

  /** @param sumsAt finds them at an inverse temperature */
  constructor(private readonly sumsAt: (beta: number) => SmoothSums) {}

  /** Finds them at place i, once. */
  fill(i: number): void {
    this.found[i] ??= this.sumsAt(Math.exp((i - margin) * step) / maxTemperature);
  }

  /** The sums at any β that profiles cover: read between places where these are filled. */
  at(beta: number): SmoothSums {
    const position = margin + Math.log(beta * maxTemperature) / step;
    const first = Math.min(
      Math.max(0, Math.floor(position) - margin),
      SmoothTable.places - stencil,
    );
    const sums = { logZ: 0, meanGap: 0, squares: 0, wrongP: 0 };
    const weights = lagrangeWeights(stencil, position - first);
    for (let j = 0; j < stencil; j++) {
      const at = this.found[first + j];
      if (!at) return this.sumsAt(beta);
      sums.logZ += weights[j] * at.logZ;
      sums.meanGap += weights[j] * at.meanGap;
      sums.squares += weights[j] * at.squares;
      sums.wrongP += weights[j] * at.wrongP;
    }
    return sums;
  }
}
