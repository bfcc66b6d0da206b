import { checkTemperature } from "../temperature";
import type { AttentionMap } from "./attentionMap";

/** What is known of a head at one temperature, in the order of `headMeasureNames`. */
export interface HeadMeasures {
  /** Mean entropy of a query over its keys, in nats. */
  readonly entropy: number;
  /** Mean of e^S: as many keys that are looked at equally. */
  readonly effectiveKeys: number;
  /** Mean mass on key 0. */
  readonly sink: number;
  /** Mean mass on the key at the query's own place, of the queries that have one. */
  readonly diagonal: number;
  /** Mean mass on the key before that, of the queries that have one. */
  readonly previous: number;
  /** Mean of Σ p·|query − key|, in places. */
  readonly distance: number;
}

export type HeadMeasure = keyof HeadMeasures;

/** The measures by name, in the order in which numbers of theirs are kept. */
export const headMeasureNames: readonly HeadMeasure[] = [
  "entropy",
  "effectiveKeys",
  "sink",
  "diagonal",
  "previous",
  "distance",
];

/** What is known of one query at one temperature; NaN for a share of a key that is not there. */
export type QueryMeasures = Record<HeadMeasure, number>;

/** Room for the measures of one query, to be used again for the next. */
export function createQueryMeasures(): QueryMeasures {
  return {
    entropy: NaN,
    effectiveKeys: NaN,
    sink: NaN,
    diagonal: NaN,
    previous: NaN,
    distance: NaN,
  };
}

/**
 * The measures of one query at temperature T in [0, ∞], in float64.
 * @returns ln Z of its scores less their largest; NaN, with `out` as it was, for a query without a
 *   distribution
 */
export function measureQuery(
  { keys, gap, state }: AttentionMap,
  query: number,
  T: number,
  out: QueryMeasures,
): number {
  if (state[query] !== 0) return NaN;
  const start = query * keys;
  let Z = 0;
  let first = 0;
  let far = 0;
  for (let j = 0; j < keys; j++) {
    const x = exponentOf(gap[start + j], T);
    const weight = Math.exp(-x);
    if (weight === 0) continue; // x may be ∞, and 0·∞ counts as 0
    Z += weight;
    first += weight * x;
    far += weight * Math.abs(query - j);
  }
  const massOf = (key: number) =>
    key >= 0 && key < keys ? Math.exp(-exponentOf(gap[start + key], T)) / Z : NaN;
  const logZ = Math.log(Z);
  out.entropy = logZ + first / Z;
  out.effectiveKeys = Math.exp(out.entropy);
  out.sink = massOf(0);
  out.diagonal = massOf(query);
  out.previous = massOf(query - 1);
  out.distance = far / Z;
  return logZ;
}

/** gap/T at every temperature from 0 to ∞; a masked key keeps its ∞. */
export function exponentOf(gap: number, T: number): number {
  return gap === 0 || gap === Infinity ? gap : gap / T;
}

/**
 * The means over the queries that have a distribution; NaN where none has.
 * @param logZ where ln Z of each query goes, as `logPartitions` has it
 * @throws RangeError for a negative or NaN temperature
 */
export function measureHead(
  map: AttentionMap,
  T: number,
  logZ = new Float64Array(map.queries),
): HeadMeasures {
  const temperature = checkTemperature(T);
  const means = new QueryMeans();
  const query = createQueryMeasures();
  for (let i = 0; i < map.queries; i++) {
    logZ[i] = measureQuery(map, i, temperature, query);
    if (map.state[i] === 0) means.add(query);
  }
  return means.result();
}

/** Means over queries, each over those that have the measure. */
export class QueryMeans {
  private readonly sums = new Float64Array(headMeasureNames.length);
  private readonly counts = new Float64Array(headMeasureNames.length);

  add(query: QueryMeasures): void {
    headMeasureNames.forEach((name, m) => {
      if (Number.isNaN(query[name])) return;
      this.sums[m] += query[name];
      this.counts[m]++;
    });
  }

  result(): HeadMeasures {
    const means = headMeasureNames.map((name, m) => [name, this.sums[m] / this.counts[m]]);
    return Object.fromEntries(means) as unknown as HeadMeasures;
  }
}
