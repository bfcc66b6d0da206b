import { logitBytes, type BlockType } from "../core/kernel/kernel";
import type { DType, FileRange } from "../core/tensor";
import { rowStart } from "./slicing";
import type { View } from "./view";

/** Logits of whole rows, one after another in a local file, as the kernel takes them. */
export interface RowRange {
  /** From the first class of row 0 on. */
  readonly file: FileRange;
  readonly type: BlockType;
  readonly rows: number;
  readonly classes: number;
}

/** Where a view's rows lie; undefined where they have to be read, gathered or converted first. */
export function rowRange({ tensor, plan, reading, rows, classes }: View): RowRange | undefined {
  const { dtype } = tensor;
  const isConverted = reading.scores !== "softmax" || reading.kind === "probabilities";
  if (isConverted || !isBlockType(dtype) || !liesInOrder(plan)) return undefined;
  const range = tensor.extent?.();
  if (!range) return undefined;
  const offset = range.offset + rowStart(plan, 0) * logitBytes[dtype];
  return { file: { ...range, offset }, type: dtype, rows, classes };
}

function isBlockType(dtype: DType): dtype is BlockType {
  return dtype in logitBytes;
}

/** Whether row r starts r·classes elements behind row 0, for every r. */
function liesInOrder(plan: View["plan"]): boolean {
  let stride = plan.classes;
  for (const axis of [...plan.free].reverse()) {
    if (axis.size > 1 && axis.stride !== stride) return false;
    stride *= axis.size;
  }
  return plan.classStride === 1 || plan.classes === 1;
}
