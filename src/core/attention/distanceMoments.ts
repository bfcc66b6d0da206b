import { betaRatios, momentCount, nodeBeta, nodeCount, planeCount } from "../profile/grid";
import type { AttentionMap } from "./attentionMap";

/** Terms with β·gap from here on are left out, as in `RowMoments`. */
const cutoff = 40;

const firstBeta = nodeBeta(0);
const planesPerOctave = 2 * momentCount;

/**
 * The moments of Σ |query − key|·exp(−β·gap) of one query on the nodes of the row profile's grid,
 * [node][moment]: what `RowMoments` finds for Z, each key weighed by its distance, so that the same
 * interpolation reads it at any temperature.
 * @param sums where the `planeCount` numbers go
 */
export function distanceMoments(map: AttentionMap, query: number, sums: Float64Array): void {
  const { keys, gap } = map;
  sums.fill(0);
  for (let key = 0; key < keys; key++) {
    const far = Math.abs(query - key);
    const x = firstBeta * gap[query * keys + key];
    if (far === 0 || !(x < cutoff)) continue;
    let lower = Math.exp(-x);
    let upper = Math.exp(-betaRatios[1] * x);
    let reach = x;
    // From node to node after next β doubles, and the exponential is squared.
    for (let p = 0; p < planeCount && reach < cutoff; p += planesPerOctave) {
      const low = far * lower;
      const up = far * upper;
      sums[p] += low;
      sums[p + 1] += x * low;
      sums[p + 2] += x * x * low;
      sums[p + 3] += up;
      sums[p + 4] += x * up;
      sums[p + 5] += x * x * up;
      lower *= lower;
      upper *= upper;
      reach *= 2;
    }
  }
  for (let j = 0; j < nodeCount; j++) {
    sums[momentCount * j + 1] *= betaRatios[j];
    sums[momentCount * j + 2] *= betaRatios[j] * betaRatios[j];
  }
}
