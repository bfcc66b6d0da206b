import {
  clipRows,
  ownMemory,
  pickSample,
  sampledRow,
  wholeOf,
  type Allocate,
  type RowSample,
} from "../core";
import { logitBytes, sumFields, type Kernel } from "../core/kernel/kernel";
import { rowRange, type RowRange } from "../dump/rowRange";
import { readLogits, type View } from "../dump/view";
import type { CallContext } from "../protocol/channel";
import { eachBlock } from "./blocks";
import type { Lanes } from "./lanes";
import { RowRunner, type RowTask } from "./rowTask";

/** What passes run on. */
export interface Engine {
  /** For rows that only this thread can read. */
  readonly kernel: Kernel;
  /** For rows that lie in a local file as they are; null where there are no threads. */
  readonly lanes: Lanes | null;
}

/** A call with what its passes run on. */
export interface PassContext extends CallContext {
  readonly engine: Engine;
}

/** What differs from all rows with their own labels. */
export interface RowChoice {
  /** Of all rows, −1 for none. */
  readonly labels?: Int32Array | null;
  /** Rows that are taken; the task's arrays hold these alone. */
  readonly sample?: RowSample;
}

/**
 * Memory for what a pass fills: where its threads can reach it, so that nothing is copied, also not
 * on the way to the host.
 */
export function memoryFor({ engine }: PassContext): Allocate {
  return engine.lanes ? bytes => new SharedArrayBuffer(bytes) : ownMemory;
}

/** Rows of fewer bytes in all are done before threads have heard of them. */
const worthThreads = 1 << 20;

/** Where the rows lie in a local file as they are taken, for the lanes to read; else undefined. */
export function rangeForLanes(
  view: View,
  clip: number | null,
  { engine }: PassContext,
): RowRange | undefined {
  return engine.lanes && clip === null ? rowRange(view) : undefined;
}

/**
 * Does a task with the rows of a view: fills its arrays, and returns what was summed up, in parts.
 * @param clip the floor that probabilities are clipped to; null for none
 * @throws FormatError "CANCELLED", or what reading throws
 */
export async function runTask(
  view: View,
  clip: number | null,
  task: RowTask,
  context: PassContext,
  { labels = view.labels, sample = wholeOf(view.rows) }: RowChoice = {},
): Promise<Float64Array[]> {
  const { rows, classes, source } = view;
  const { kernel, lanes } = context.engine;
  const taken = takeLabels(labels, sample);
  const range = rangeForLanes(view, clip, context);
  if (range && rows * classes * logitBytes[range.type] >= worthThreads) {
    return lanes!.run(source.file, range, sample, taken, task, context);
  }
  const runner = new RowRunner(kernel, task, classes, taken);
  await eachBlock(rows, classes + sumFields, context, async (first, count) => {
    const block = await readLogits(view, first, count, context.signal);
    if (clip !== null) clipRows(block, classes, clip, block);
    const room = runner.room("float64", count);
    room.set(new Uint8Array(block.buffer, block.byteOffset, block.byteLength));
    const picked = pickSample(room, 8 * classes, first, count, sample);
    if (picked.rows > 0) runner.run("float64", picked.first, picked.rows);
  });
  return [runner.parts()];
}

/** The labels of the rows that are taken. */
function takeLabels(labels: Int32Array | null, sample: RowSample): Int32Array {
  if (!labels) return new Int32Array(sample.count).fill(-1);
  if (sample.count === sample.of) return labels;
  return Int32Array.from({ length: sample.count }, (_, i) => labels[sampledRow(sample, i)]);
}
