import { rowState } from "../rowState";
import { logSoftmax } from "../softmax";
import type { Block } from "./rowSums";

/**
 * Rows of logits with every probability at T = 1 lifted to at least `floor`, as logits again: the
 * softmax of what comes out is max(p, floor), renormalised. Masked classes are lifted, too. With
 * it a true class at probability 0 has a finite NLL; a choice that changes results and is told.
 * @param block whole rows of logits, unchanged; rows without a distribution come out as they are
 * @param floor a probability above 0, such as 1e-12
 * @param out where they go; may be longer
 * @throws RangeError for a floor that is not in (0, 1]
 */
export function clipRows(
  block: Block,
  classes: number,
  floor: number,
  out: Float64Array = new Float64Array(block.length),
): Float64Array {
  if (!(floor > 0 && floor <= 1)) {
    throw new RangeError(`Probabilities are clipped at more than 0, up to 1; not at ${floor}.`);
  }
  const lowest = Math.log(floor);
  for (let start = 0; start < block.length; start += classes) {
    const row = block.subarray(start, start + classes);
    const clipped = out.subarray(start, start + classes);
    if (rowState(row) !== "usable") {
      clipped.set(row);
      continue;
    }
    logSoftmax(row, 1, clipped);
    for (let k = 0; k < classes; k++) if (clipped[k] < lowest) clipped[k] = lowest;
  }
  return out;
}
