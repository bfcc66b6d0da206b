import type { Block } from "../calibration/rowSums";
import { betaRatios, momentCount, nodeBeta, nodeCount, planeCount } from "./grid";

/** Terms with βδ from here on are left out: all of 151,936 such would be 6e-13. */
const cutoff = 40;

/** Logits taken at a time, so that what is kept of them stays in the fastest cache. */
const chunk = 1024;

const planesPerOctave = 2 * momentCount;

const firstBeta = nodeBeta(0);

/**
 * The moments of one row on all nodes. From node to node after next β doubles, so e^(−βδ) is
 * squared, and two exponentials a logit serve all 24 nodes: squared eleven times, their rounding
 * is 5e-13 still. Logits that no longer count are dropped on the way up (compaction).
 */
export class RowMoments {
  /** [node][moment]; overwritten by the next row. */
  readonly sums = new Float64Array(planeCount);
  /** Of the logits that still count: βδ at the first node, and e^(−βδ) at the octave's two nodes. */
  private readonly gap = new Float64Array(chunk);
  private readonly lower = new Float64Array(chunk);
  private readonly upper = new Float64Array(chunk);

  /**
   * Computes `sums`.
   * @param z a usable row (see `rowState`), unchanged
   * @param max its largest logit
   */
  compute(z: Block, max: number): void {
    this.sums.fill(0);
    for (let start = 0; start < z.length; start += chunk) {
      const count = this.load(z, start, Math.min(start + chunk, z.length), max);
      this.addOctaves(count);
    }
    this.scale();
  }

  /** Takes in a chunk on the first two nodes; a masked logit is beyond the cutoff there. */
  private load(z: Block, start: number, end: number, max: number): number {
    const { gap, lower, upper } = this;
    let count = 0;
    for (let i = start; i < end; i++) {
      const x = firstBeta * (max - z[i]);
      if (!(x < cutoff)) continue;
      gap[count] = x;
      lower[count] = Math.exp(-x);
      upper[count] = Math.exp(-betaRatios[1] * x);
      count++;
    }
    return count;
  }

  /** Adds the chunk's moments of x, the gap at the first node, octave by octave. */
  private addOctaves(loaded: number): void {
    const { gap, lower, upper, sums } = this;
    let count = loaded;
    let limit = cutoff;
    for (let p = 0; p < planeCount; p += planesPerOctave) {
      limit /= 2; // what reaches the cutoff where β has doubled
      let lower0 = 0;
      let lower1 = 0;
      let lower2 = 0;
      let upper0 = 0;
      let upper1 = 0;
      let upper2 = 0;
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const x = gap[i];
        const e = lower[i];
        const f = upper[i];
        lower0 += e;
        lower1 += x * e;
        lower2 += x * x * e;
        upper0 += f;
        upper1 += x * f;
        upper2 += x * x * f;
        // Written in any case and kept by the count: faster than a branch that is hard to foresee.
        gap[kept] = x;
        lower[kept] = e * e;
        upper[kept] = f * f;
        kept += x < limit ? 1 : 0;
      }
      count = kept;
      sums[p] += lower0;
      sums[p + 1] += lower1;
      sums[p + 2] += lower2;
      sums[p + 3] += upper0;
      sums[p + 4] += upper1;
      sums[p + 5] += upper2;
    }
  }

  /** From gaps at the first node to gaps at each node. */
  private scale(): void {
    for (let j = 0; j < nodeCount; j++) {
      const ratio = betaRatios[j];
      this.sums[momentCount * j + 1] *= ratio;
      this.sums[momentCount * j + 2] *= ratio * ratio;
    }
  }
}
