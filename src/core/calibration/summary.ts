import type { RowMeasures } from "./rowMeasures";

/** The plain means over all used rows; NaN where there is none. */
export interface Summary {
  readonly rows: number;
  /** Rows with a distribution and a label. */
  readonly used: number;
  /** Rows left out because they have no label (`ignore_index`). */
  readonly unlabelled: number;
  /** Rows left out because they hold NaN or +∞, or are masked throughout. */
  readonly unusable: number;
  readonly accuracy: number;
  /** Mean of −ln p of the label; ∞ if `trueClassZeros` is not 0. */
  readonly nll: number;
  /** Rows whose label has probability 0. */
  readonly trueClassZeros: number;
  /** Mean of Σ_k (p_k − y_k)². */
  readonly brier: number;
  readonly confidence: number;
  /** In nats. */
  readonly entropy: number;
}

/** Means and counts over the rows, in one pass. */
export function summarise(measures: RowMeasures): Summary {
  const { argMax, used } = measures;
  const rows = used.length;
  let count = 0;
  let unlabelled = 0;
  let correct = 0;
  let zeros = 0;
  let nll = 0;
  let brier = 0;
  let confidence = 0;
  let entropy = 0;
  for (let r = 0; r < rows; r++) {
    if (used[r] === 0) {
      if (argMax[r] >= 0) unlabelled++;
      continue;
    }
    count++;
    correct += measures.correct[r];
    nll += measures.nll[r];
    if (measures.nll[r] === Infinity) zeros++;
    brier += measures.brier[r];
    confidence += measures.confidence[r];
    entropy += measures.entropy[r];
  }
  return {
    rows,
    used: count,
    unlabelled,
    unusable: rows - count - unlabelled,
    accuracy: correct / count,
    nll: nll / count,
    trueClassZeros: zeros,
    brier: brier / count,
    confidence: confidence / count,
    entropy: entropy / count,
  };
}

/** The part of used rows whose label is among the k classes with the largest logits. */
export function topKAccuracy({ labelRank, used }: RowMeasures, k: number): number {
  let count = 0;
  let hits = 0;
  for (let r = 0; r < used.length; r++) {
    if (used[r] === 0) continue;
    count++;
    if (labelRank[r] < k) hits++;
  }
  return hits / count;
}
