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

/** Points of the risk–coverage curve that are kept: more can't be told apart. */
const curvePoints = 100;

/** What is lost by answering only the surest rows. */
export interface RiskCoverage {
  /**
   * The curve at up to 100 coverages, spread evenly, up to 1: which part of all rows are the surest
   * ones, and which part of these are wrong.
   */
  readonly curve: readonly { readonly coverage: number; readonly risk: number }[];
  /** The area under the whole curve, its mean over all rows; NaN where there is no row. */
  readonly aurc: number;
}

/**
 * The risk–coverage curve: rows by falling confidence, equal ones in the order of the rows
 * (Geifman & El-Yaniv 2017).
 */
export function riskCoverage({ confidence, correct }: Ranked): RiskCoverage {
  const rows = confidence.length;
  const curve: { coverage: number; risk: number }[] = [];
  const points = Math.min(curvePoints, rows);
  let answered = 0;
  let errors = 0;
  let area = 0;
  for (let end = rows, start = rows; end > 0; end = start) {
    while (start > 0 && confidence[start - 1] === confidence[end - 1]) start--;
    for (let at = start; at < end; at++) {
      errors += 1 - correct[at];
      answered++;
      const risk = errors / answered;
      area += risk;
      if (answered === Math.round(((curve.length + 1) / points) * rows)) {
        curve.push({ coverage: answered / rows, risk });
      }
    }
  }
  return { curve, aurc: area / rows };
}
