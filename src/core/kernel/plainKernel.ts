import { createRowSums, putSums, sumRow, type Block } from "../calibration/rowSums";
import { ProfileWriter } from "../profile/profileBuilder";
import type { RowProfile } from "../profile/rowProfile";
import { rowState } from "../rowState";
import { checkTemperature } from "../temperature";
import {
  checkBlock,
  checkProfile,
  checkSums,
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
