import {
  binOf,
  equalWidthBins,
  equalWidthEdges,
  type BinConvention,
  type Bins,
  type Scored,
} from "./bins";

/** The top-label Brier score and what it is made of. */
export interface BrierParts {
  /** mean (c − a)² = reliability − resolution + uncertainty + variance − 2·covariance. */
  readonly score: number;
  /** REL: squared distance of accuracy from confidence over the bins; 0 is honest. */
  readonly reliability: number;
  /** RES: how far the bins' accuracies lie apart; more is better. */
  readonly resolution: number;
  /** UNC: the variance of being right, which the confidences can't change. */
  readonly uncertainty: number;
  /** WBV: the variance of confidence within the bins. */
  readonly variance: number;
  /** WBC: the covariance of confidence and being right within the bins. */
  readonly covariance: number;
}

/**
 * The decomposition over bins of equal width, with the two terms that the finite width of a bin
 * adds to Murphy's three (Stephenson, Coelho & Jolliffe 2008). NaN where there is no row.
 */
export function brierParts(scored: Scored, bins: number, convention: BinConvention): BrierParts {
  const { confidence, correct, used } = scored;
  const edges = equalWidthEdges(bins);
  const binned = equalWidthBins(scored, bins, convention);
  const means = { confidence: ratio(binned, "confidence"), correct: ratio(binned, "correct") };
  let rows = 0;
  let score = 0;
  let variance = 0;
  let covariance = 0;
  for (let r = 0; r < used.length; r++) {
    if (used[r] === 0) continue;
    const bin = binOf(confidence[r], edges, convention);
    const c = confidence[r] - means.confidence[bin];
    rows++;
    score += (confidence[r] - correct[r]) ** 2;
    variance += c * c;
    covariance += c * (correct[r] - means.correct[bin]);
  }
  return {
    score: score / rows,
    ...betweenBins(binned, means),
    variance: variance / rows,
    covariance: covariance / rows,
  };
}

function ratio(bins: Bins, of: "confidence" | "correct"): Float64Array {
  return bins[of].map((sum, b) => sum / bins.count[b]);
}

function betweenBins(
  { count, correct }: Bins,
  means: { confidence: Float64Array; correct: Float64Array },
): Pick<BrierParts, "reliability" | "resolution" | "uncertainty"> {
  const sum = (values: Float64Array) => values.reduce((total, v) => total + v, 0);
  const rows = sum(count);
  const accuracy = sum(correct) / rows;
  let reliability = 0;
  let resolution = 0;
  for (let b = 0; b < count.length; b++) {
    if (count[b] === 0) continue;
    reliability += count[b] * (means.confidence[b] - means.correct[b]) ** 2;
    resolution += count[b] * (means.correct[b] - accuracy) ** 2;
  }
  return {
    reliability: reliability / rows,
    resolution: resolution / rows,
    uncertainty: accuracy * (1 - accuracy),
  };
}
