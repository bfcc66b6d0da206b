import type { Scored } from "./bins";
import { orderOf } from "./order";

/**
 * How well confidence tells right rows from wrong ones: the chance that a right one has the larger
 * confidence, equal ones counting half (the area under the ROC curve, by average ranks).
 * @returns NaN where all rows are right or all are wrong
 */
export function auroc({ confidence, correct, used }: Scored): number {
  const order = orderOf(confidence, used);
  let right = 0;
  let rankSum = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    let hits = 0;
    while (end < order.length && confidence[order[end]] === confidence[order[start]]) {
      hits += correct[order[end++]];
    }
    right += hits;
    rankSum += (hits * (start + 1 + end)) / 2; // the mean of the ranks start + 1 … end
  }
  const wrong = order.length - right;
  return (rankSum - (right * (right + 1)) / 2) / (right * wrong);
}

/** What is lost by answering only the surest rows. */
export interface RiskCoverage {
  /** Element k: the part of wrong rows among the k + 1 surest, which cover (k + 1)/N of all. */
  readonly risk: Float64Array;
  /** The mean of `risk`, the area under the curve; NaN where there is no row. */
  readonly aurc: number;
}

/**
 * The risk–coverage curve: rows by falling confidence, equal ones in the order of the rows
 * (Geifman & El-Yaniv 2017).
 */
export function riskCoverage({ confidence, correct, used }: Scored): RiskCoverage {
  const order = orderOf(confidence, used, "falling");
  const risk = new Float64Array(order.length);
  let errors = 0;
  let area = 0;
  for (let k = 0; k < order.length; k++) {
    errors += 1 - correct[order[k]];
    area += risk[k] = errors / (k + 1);
  }
  return { risk, aurc: area / order.length };
}
