/**
 * The kernel: the loops over all logits of a file. An entry of its own, as the page, whose policy
 * forbids WebAssembly, imports the rest of the core.
 */
import type { Kernel } from "./kernel";
import { PlainKernel } from "./plainKernel";

export { sumFields } from "./kernel";
export type { BlockType, Kernel, Precision, RowBlock } from "./kernel";

/** The kernel in plain TypeScript: slower, and the reference. */
export function createPlainKernel(): Kernel {
  return new PlainKernel();
}

/** The fastest kernel that this machine runs. */
export function createKernel(): Kernel {
  return createPlainKernel();
}
