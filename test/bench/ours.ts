import { readdirSync, utimesSync } from "node:fs";
import path from "node:path";
import { FileSource } from "../../src/compute/fileSource.node";
import type { Lanes } from "../../src/compute/lanes";
import { threadLanes } from "../../src/compute/lanes.node";
import { OpenDump } from "../../src/compute/openDump";
import { scan } from "../../src/compute/passes";
import { memoryFor, runTask, type Engine } from "../../src/compute/rowPass";
import { rowsPerBlock, type RowTask } from "../../src/compute/rowTask";
import { startWorker } from "../../src/compute/starter.node";
import {
  calibrationError,
  createRowMeasures,
  equalWidthBins,
  measureRows,
  measureSums,
  summarise,
  type RowMeasures,
  type RowScan,
} from "../../src/core";
import { createKernel, sumFields } from "../../src/core/kernel";
import { siblingsOf } from "../../src/dump/pairing";
import { Channel, type CallContext, type EventMap } from "../../src/protocol/channel";
import type { CalibrationChoice } from "../../src/protocol/calibration";
import type { ComputeRequests, FileRef } from "../../src/protocol/messages";
import type { Resident } from "./data";

/** What a person has chosen at first. */
export const choice: CalibrationChoice = { clip: null, bins: 15, convention: "[lo, hi)" };

/** What passes run on, made with the first of them: the bundle of the threads lies beside this one. */
let engine: (Engine & { lanes: Lanes }) | undefined;
const theEngine = () => (engine ??= { kernel: createKernel(), lanes: threadLanes() });

/** One thread, to show what more of them are worth. */
let single: Lanes | undefined;
const oneLane = () => (single ??= threadLanes(1));

/** Bytes that the kernel gets at a time, as in the product's threads. */
const blockBytes = 1 << 18;

/** NLL, accuracy and ECE of resident logits at one temperature, in float64 by the kernel in one thread. */
export function ourDirectPass(resident: Resident, T: number): string {
  const { logits, classes, labels } = resident;
  const { kernel } = theEngine();
  const measures = createRowMeasures(labels.length);
  const step = rowsPerBlock(4 * classes, blockBytes);
  const sums = new Float64Array(step * sumFields);
  for (let first = 0; first < labels.length; first += step) {
    const part = labels.subarray(first, first + step);
    const rows = part.length;
    const block = logits.subarray(first * classes, (first + rows) * classes);
    const bytes = new Uint8Array(block.buffer, block.byteOffset, block.byteLength);
    kernel.room(block.byteLength).set(bytes);
    const own = sums.subarray(0, rows * sumFields);
    kernel.sumRows({ type: "float32", rows, classes, labels: part }, T, "double", own);
    measureSums(own, part, T, measures, first);
  }
  return directNote(measures);
}

/** The same in plain TypeScript on one thread. */
export function directPass({ logits, classes, labels }: Resident, T: number): string {
  const measures = createRowMeasures(labels.length);
  measureRows(logits, classes, labels, T, measures);
  return directNote(measures);
}

/**
 * The same straight from the page cache, as the product measures at rest: in float64, block by
 * block in threads. Opens the file, holds nothing of it, closes it.
 */
export async function directPassFromFile(file: string, T: number): Promise<string> {
  const dump = await openHere(file);
  const context = { ...quiet(), engine: theEngine() };
  const measures = createRowMeasures(dump.view.rows, memoryFor(context));
  const task: RowTask = { what: "measure", temperature: T, measures, classwise: null };
  await runTask(dump.view, null, task, context);
  await dump.close();
  return directNote(measures);
}

/** The same as the product looks through all rows: in float32. */
export async function scanFile(file: string, T: number, inOneThread = false): Promise<string> {
  const dump = await openHere(file);
  const { kernel, lanes } = theEngine();
  const engine = { kernel, lanes: inOneThread ? oneLane() : lanes };
  const found = await scan(dump.view, T, { ...quiet(), engine });
  await dump.close();
  return scanNote(found, found.labels);
}

/** Ends the threads of passes. */
export function endPasses(): void {
  engine?.lanes.stop();
  single?.stop();
}

/** The context of a call that nobody cancels. */
function quiet(): CallContext {
  return { signal: new AbortController().signal, progress: () => undefined };
}

/** Opens a file with what belongs to it, in this thread. */
export function openHere(file: string): Promise<OpenDump> {
  const open = (ref: FileRef) => FileSource.open((ref as { path: string }).path);
  const { ref, siblings } = refs(file);
  return OpenDump.open(open, ref, siblings, {}, quiet());
}

/** What a look through all rows comes to. */
export function scanNote(
  { argMax, confidence, nll }: Pick<RowScan, "argMax" | "confidence" | "nll">,
  labels: Int32Array,
): string {
  const correct = new Uint8Array(labels.length);
  for (let row = 0; row < correct.length; row++) correct[row] = argMax[row] === labels[row] ? 1 : 0;
  const used = new Uint8Array(labels.length).fill(1);
  const bins = equalWidthBins({ confidence, correct, used }, choice.bins, choice.convention);
  return words({ NLL: mean(nll), acc: mean(correct), ECE: calibrationError(bins).ece });
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

function directNote(measures: RowMeasures): string {
  const { nll, accuracy } = summarise(measures);
  const { ece } = calibrationError(equalWidthBins(measures, choice.bins, choice.convention));
  return words({ NLL: nll, acc: accuracy, ECE: ece });
}

/** Numbers with their names, as the contestants in Python write them. */
export function words(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, value]) => `${name} ${value.toFixed(5)}`)
    .join(", ");
}

/** A dump that the worker holds open, as the extension host asks for it. */
export interface OpenInWorker {
  request<M extends "profile" | "fit" | "holdOut" | "measure">(
    method: M,
    params: Omit<ComputeRequests[M]["params"], "document">,
  ): Promise<ComputeRequests[M]["reply"]>;
  /** Opens the file again as one that changed, so that nothing is known of it. */
  reopen(): Promise<unknown>;
  stop(): void;
}

type ComputeChannel = Channel<ComputeRequests, EventMap, Record<never, never>, EventMap>;

/** Starts the worker's bundle, which lies beside this one, and has it open a file. */
export async function openInWorker(file: string): Promise<OpenInWorker> {
  const script = path.join(__dirname, "worker.js");
  const worker = await startWorker({ path: script, readText: () => Promise.reject() });
  const channel: ComputeChannel = new Channel(worker.port, {}, {}, {});
  worker.onEnd(() => channel.close("The worker ended."));
  const { ref, siblings } = refs(file);
  const reopen = () =>
    channel.request("open", { document: file, file: ref, siblings, overrides: {} });
  await reopen();
  return {
    reopen: () => {
      const now = new Date();
      utimesSync(file, now, now);
      return reopen();
    },
    request: (method, params) =>
      channel.request(method, {
        document: file,
        ...params,
      } as ComputeRequests[typeof method]["params"]),
    stop: () => worker.stop(),
  };
}

function refs(file: string): { ref: FileRef; siblings: FileRef[] } {
  const folder = path.dirname(file);
  const refOf = (name: string) => ({ name, path: path.join(folder, name) });
  const name = path.basename(file);
  return { ref: refOf(name), siblings: siblingsOf(name, readdirSync(folder)).map(refOf) };
}
