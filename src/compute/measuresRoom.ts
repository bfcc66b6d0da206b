import { createRowMeasures, type RowMeasures } from "../core";
import { memoryFor, type PassContext } from "./rowPass";

/**
 * What the last pass is done with, until it is collected: shared memory is collected late, and a
 * million rows take 42 MB.
 */
let last: WeakRef<RowMeasures> | undefined;

/** Lends a pass over all rows its measures, which hold anything until the pass has written them. */
export async function withMeasures<T>(
  rows: number,
  context: PassContext,
  use: (measures: RowMeasures) => Promise<T>,
): Promise<T> {
  const kept = last?.deref();
  last = undefined;
  const fits = kept?.used.length === rows && isShared(kept) === (context.engine.lanes !== null);
  const measures = fits ? kept : createRowMeasures(rows, memoryFor(context));
  const result = await use(measures);
  // After a failed pass a thread that is being stopped may still write there.
  last = new WeakRef(measures);
  return result;
}

function isShared({ used }: RowMeasures): boolean {
  return typeof SharedArrayBuffer !== "undefined" && used.buffer instanceof SharedArrayBuffer;
}
