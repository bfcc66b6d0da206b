import { FormatError } from "../formats/errors";
import type { CallContext } from "../protocol/channel";

/** Elements in a block: small enough to stay in the cache and to cancel soon. */
const blockElements = 1 << 18;

/** How long work goes on before it looks for messages, in milliseconds. */
const breathEvery = 20;

/**
 * Goes over `items` of so many elements each, block by block; in between it tells the progress
 * and lets messages in.
 * @throws FormatError "CANCELLED" once the call is cancelled
 */
export async function eachBlock(
  items: number,
  elements: number,
  context: CallContext,
  work: (first: number, count: number) => Promise<void>,
): Promise<void> {
  const perBlock = Math.max(1, Math.floor(blockElements / Math.max(1, elements)));
  let last = performance.now();
  for (let first = 0; first < items; first += perBlock) {
    await work(first, Math.min(perBlock, items - first));
    if (performance.now() - last > breathEvery) {
      context.progress(Math.min(items, first + perBlock), items);
      await new Promise(resolve => setTimeout(resolve, 0));
      last = performance.now();
    }
    if (context.signal.aborted) throw new FormatError("CANCELLED", "Cancelled.");
  }
}
