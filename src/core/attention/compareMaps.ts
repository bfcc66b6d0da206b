import { klDivergence } from "../divergence";
import { argMaxOf } from "../peak";
import { softmax } from "../softmax";
import { rowScores, type AttentionMap } from "./attentionMap";

/** How alike two heads look at the same places. */
export interface MapComparison {
  /**
   * Mean Jensen–Shannon divergence of a query's two distributions, in nats: 0 where they are the
   * same, ln 2 where they have no key in common.
   */
  readonly divergence: number;
  /** Share of the queries whose heaviest key is the same, the lowest of several. */
  readonly sameTop: number;
  /** Queries that have a distribution in both; the means are over these. */
  readonly queries: number;
}

/**
 * Compares two heads query by query at temperature T. All is NaN where no query has two distributions.
 * @param every takes every so many-th query only
 * @throws RangeError for maps of different sizes, or a negative or NaN temperature
 */
export function compareMaps(a: AttentionMap, b: AttentionMap, T: number, every = 1): MapComparison {
  if (a.queries !== b.queries || a.keys !== b.keys) {
    throw new RangeError(
      `A map of ${a.queries} × ${a.keys} cannot be compared with one of ${b.queries} × ${b.keys}.`,
    );
  }
  let divergence = 0;
  let same = 0;
  let queries = 0;
  for (let i = 0; i < a.queries; i += every) {
    if (a.state[i] !== 0 || b.state[i] !== 0) continue;
    const p = softmax(rowScores(a, i), T);
    const q = softmax(rowScores(b, i), T);
    const middle = p.map((v, j) => (v + q[j]) / 2);
    divergence += (klDivergence(p, middle) + klDivergence(q, middle)) / 2;
    if (argMaxOf(p) === argMaxOf(q)) same++;
    queries++;
  }
  return { divergence: divergence / queries, sameTop: same / queries, queries };
}
