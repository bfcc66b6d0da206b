import { createRowProfile } from "../profile/rowProfile";
import { sumFields, type Kernel } from "./kernel";

/** Enough for the engine to notice, at 3 ms in all. */
const rows = 16;
const classes = 1000;

/**
 * Runs each loop of a pass over all rows once. The engine begins with code that is made fast and
 * runs slowly, and makes better code, in a thread of its own, of what has run some thousand times:
 * so it begins before a file is open. All threads of a process share the code.
 */
export function warmUp(kernel: Kernel): void {
  kernel.room(4 * rows * classes).fill(0);
  const block = { type: "float32", rows, classes, labels: new Int32Array(rows) } as const;
  const sums = new Float64Array(rows * sumFields);
  kernel.sumRows(block, 1, "double", sums);
  kernel.sumRows(block, 1, "moments", sums);
  kernel.sumRows(block, 1, "single", sums);
  kernel.profileRows(block, createRowProfile(rows, classes), 0);
}
