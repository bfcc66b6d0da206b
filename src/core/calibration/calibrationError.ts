import { equalWidthEdges, type BinConvention, type Bins } from "./bins";
import type { Ranked } from "./ranked";

/** Distances between confidence and accuracy over bins; NaN where there is no row. */
export interface CalibrationError {
  /** Σ_b (n_b/N)·|ā_b − c̄_b|, the expected calibration error. */
  readonly ece: number;
  /** The largest |ā_b − c̄_b| of bins that are not empty. */
  readonly mce: number;
  /** √ Σ_b (n_b/N)·(ā_b − c̄_b)². */
  readonly rmsce: number;
}

/** ECE, MCE and RMSCE of any binning (Naeini 2015, Hendrycks 2019). */
export function calibrationError(bins: Bins): CalibrationError {
  let rows = 0;
  let sum = 0;
  let squares = 0;
  let mce = NaN;
  for (let b = 0; b < bins.count.length; b++) {
    const count = bins.count[b];
    if (count === 0) continue;
    const off = Math.abs(bins.correct[b] - bins.confidence[b]);
    const gap = off / count;
    rows += count;
    sum += off;
    squares += off * gap;
    if (!(gap <= mce)) mce = gap;
  }
  return { ece: sum / rows, mce, rmsce: Math.sqrt(squares / rows) };
}

/**
 * The L2 calibration error with the noise of the bins' accuracies taken off: the square root of the
 * positive part of Σ_b (n_b/N)·[(c̄_b − ā_b)² − ā_b(1 − ā_b)/(n_b − 1)] (Kumar 2019, whose library
 * uses 15 bins of equal mass). A bin of one row says nothing about its noise and counts as 0.
 */
export function debiasedL2(bins: Bins): number {
  let rows = 0;
  let total = 0;
  for (let b = 0; b < bins.count.length; b++) {
    const count = bins.count[b];
    rows += count;
    if (count < 2) continue;
    const accuracy = bins.correct[b] / count;
    const gap = bins.confidence[b] / count - accuracy;
    total += count * (gap * gap - (accuracy * (1 - accuracy)) / (count - 1));
  }
  return Math.sqrt(Math.max(0, total / rows));
}

/** The ECE for each number of bins of equal width in `from` … `to`: how much the choice matters. */
export function eceByBins(
  { confidence, correct }: Ranked,
  convention: BinConvention,
  from = 5,
  to = 50,
): Float64Array {
  const rows = confidence.length;
  // A bin is a run of ranked rows, and its gap a difference of two of these.
  const gaps = new Float64Array(rows + 1);
  for (let r = 0; r < rows; r++) gaps[r + 1] = gaps[r] + (correct[r] - confidence[r]);
  return Float64Array.from({ length: to - from + 1 }, (_, i) => {
    const bins = from + i;
    const edges = equalWidthEdges(bins);
    let sum = 0;
    let start = 0;
    for (let bin = 1; bin <= bins; bin++) {
      const end = bin < bins ? rowsBelow(confidence, edges[bin], convention) : rows;
      sum += Math.abs(gaps[end] - gaps[start]);
      start = end;
    }
    return sum / rows;
  });
}

/** How many of the rising confidences belong to bins below an edge. */
function rowsBelow(confidence: Float64Array, edge: number, convention: BinConvention): number {
  let low = 0;
  let high = confidence.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const c = confidence[middle];
    if (convention === "[lo, hi)" ? c < edge : c <= edge) low = middle + 1;
    else high = middle;
  }
  return low;
}
