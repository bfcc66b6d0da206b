import { argMaxOf } from "../peak";
import { rowState } from "../rowState";
import { requireRoom, type RowMeasures } from "./rowMeasures";
import { labelledRows, rankOf, type Block } from "./rowSums";

/**
 * Measures rows of probabilities as they stand, at T = 1: nothing is renormalised, so that an exact
 * 1 stays one although the row's float32 values sum to a little more. `measureRows` on their
 * logarithms gives the same but for that sum. Arguments and errors as there.
 */
export function measureProbabilities(
  block: Block,
  classes: number,
  labels: ArrayLike<number>,
  out: RowMeasures,
  offset = 0,
): void {
  const rows = labelledRows(block, classes, labels);
  requireRoom(out, offset + rows);
  for (let r = 0; r < rows; r++) {
    writeRow(block, r * classes, (r + 1) * classes, labels[r], out, offset + r);
  }
}

function writeRow(
  block: Block,
  start: number,
  end: number,
  label: number,
  out: RowMeasures,
  row: number,
): void {
  const argMax = rowState(block, start, end) === "usable" ? argMaxOf(block, start, end) : -1;
  const confidence = block[start + argMax];
  const usable = argMax >= 0 && confidence > 0; // all zeros: every class is masked
  const used = usable && label >= 0;
  let entropy = 0;
  let brier = 0;
  for (let i = start; i < end; i++) {
    const p = block[i];
    const missing = i === start + label ? p - 1 : p;
    brier += missing * missing;
    if (p > 0) entropy -= p * Math.log(p);
  }
  out.argMax[row] = usable ? argMax : -1;
  out.used[row] = used ? 1 : 0;
  out.correct[row] = used && argMax === label ? 1 : 0;
  out.confidence[row] = usable ? confidence : NaN;
  out.entropy[row] = usable ? entropy : NaN;
  out.nll[row] = used ? -Math.log(block[start + label]) : NaN;
  out.brier[row] = used ? brier : NaN;
  out.labelRank[row] = used ? rankOf(block, start, end, start + label) : -1;
}
