import type { Ranked } from "./ranked";

/**
 * How well confidence tells right rows from wrong ones: the chance that a right one has the larger
 * confidence, equal ones counting half (the area under the ROC curve, by average ranks).
 * @returns NaN where all rows are right or all are wrong
 */
export function auroc({ confidence, correct }: Ranked): number {
  const rows = confidence.length;
  let right = 0;
  let rankSum = 0;
  for (let start = 0, end = 0; start < rows; start = end) {
    let hits = 0;
    while (end < rows && confidence[end] === confidence[start]) hits += correct[end++];
    right += hits;
    rankSum += (hits * (start + 1 + end)) / 2; // the mean of the ranks start + 1 … end
  }
  const wrong = rows - right;
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
export function riskCoverage({ confidence, correct }: Ranked): RiskCoverage {
  const rows = confidence.length;
  const risk = new Float64Array(rows);
  let answered = 0;
  let errors = 0;
  let area = 0;
  for (let end = rows, start = rows; end > 0; end = start) {
    while (start > 0 && confidence[start - 1] === confidence[end - 1]) start--;
    for (let at = start; at < end; at++) {
      errors += 1 - correct[at];
      risk[answered++] = errors / answered;
      area += errors / answered;
    }
  }
  return { risk, aurc: area / rows };
}
