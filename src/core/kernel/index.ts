/**
 * The kernel: the loops over all logits of a file. An entry of its own, as the page, whose policy
 * forbids WebAssembly, imports the rest of the core.
 */
import type { Kernel } from "./kernel";
import { PlainKernel } from "./plainKernel";
import bytes from "./simd.wasm";
import { SimdKernel } from "./simdKernel";
import { instantiate } from "../webAssembly";
import type { KernelExports } from "./kernelExports";

export { sumFields } from "./kernel";
export { warmUp } from "./warmUp";
export type { BlockType, Kernel, Precision, RowBlock } from "./kernel";

/** The kernel in plain TypeScript: slower, and the reference. */
export function createPlainKernel(): Kernel {
  return new PlainKernel();
}

/** The fastest kernel that this machine runs: the plain one where there is no WebAssembly SIMD. */
export function createKernel(): Kernel {
  try {
    return new SimdKernel(instantiate<KernelExports>(bytes));
  } catch {
    return createPlainKernel();
  }
}
