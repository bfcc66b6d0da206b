import type { FoundProbability } from "../calibration/classwise";
import { createRowSums, putSums, stateOf, sumRow, type Block } from "../calibration/rowSums";
import { ProfileWriter } from "../profile/profileBuilder";
import type { RowProfile } from "../profile/rowProfile";
import { rowState } from "../rowState";
import { softmax } from "../softmax";
import { checkTemperature } from "../temperature";
import {
  checkBlock,
  checkProfile,
  checkSums,
  checkTotals,
  type Kernel,
  type Precision,
  type RowBlock,
} from "./kernel";
import { numbersOf } from "./widen";

/** The kernel in TypeScript, in float64 throughout: what the fast one is measured by. */
export class PlainKernel implements Kernel {
  readonly name = "plain";
  private memory = new ArrayBuffer(0);

  room(bytes: number): Uint8Array {
    if (bytes > this.memory.byteLength) this.memory = new ArrayBuffer(bytes);
    return new Uint8Array(this.memory, 0, bytes);
  }

  sumRows(block: RowBlock, T: number, _precision: Precision, sums: Float64Array): void {
    const temperature = checkTemperature(T);
    checkBlock(block, this.memory.byteLength);
    checkSums(block, sums);
    sumNumbers(this.numbers(block), block, temperature, sums);
  }

  profileRows(block: RowBlock, profile: RowProfile, offset: number): void {
    checkBlock(block, this.memory.byteLength);
    checkProfile(block, profile, offset);
    new ProfileWriter(profile).write(this.numbers(block), block.labels, offset);
  }

  addProbabilities(
    block: RowBlock,
    T: number,
    sums: Float64Array,
    totals: Float64Array,
    threshold: number,
    found: FoundProbability,
  ): void {
    const temperature = checkTemperature(T);
    checkBlock(block, this.memory.byteLength);
    checkSums(block, sums);
    checkTotals(block, totals);
    addNumbers(this.numbers(block), block, temperature, sums, totals, threshold, found);
  }

  private numbers({ type, rows, classes }: RowBlock): Block {
    return numbersOf(new Uint8Array(this.memory), type, rows * classes);
  }
}

/** `Kernel.sumRows` on numbers. */
export function sumNumbers(z: Block, block: RowBlock, T: number, into: Float64Array): void {
  const { rows, classes, labels } = block;
  const sums = createRowSums();
  for (let r = 0; r < rows; r++) {
    const start = r * classes;
    const isUsable = sumRow(z, start, classes, labels[r], T, sums);
    putSums(into, r, sums, isUsable ? "usable" : rowState(z, start, start + classes));
  }
}

/** `Kernel.addProbabilities` on numbers. */
export function addNumbers(
  z: Block,
  { rows, classes, labels }: RowBlock,
  T: number,
  sums: Float64Array,
  totals: Float64Array,
  threshold: number,
  found: FoundProbability,
): void {
  const p = new Float64Array(classes);
  for (let r = 0; r < rows; r++) {
    if (labels[r] < 0 || stateOf(sums, r) !== 0) continue;
    softmax(z.subarray(r * classes, (r + 1) * classes), T, p);
    for (let k = 0; k < classes; k++) {
      totals[k] += p[k];
      if (p[k] >= threshold) found(r, k, p[k]);
    }
  }
}
