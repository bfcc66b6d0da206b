import { readdirSync, utimesSync } from "node:fs";
import path from "node:path";
import { FileSource } from "../../src/compute/fileSource.node";
import { OpenDump } from "../../src/compute/openDump";
import { startWorker } from "../../src/compute/starter.node";
import {
  calibrationError,
  createRowMeasures,
  equalWidthBins,
  measureRows,
  summarise,
  type RowMeasures,
} from "../../src/core";
import { siblingsOf } from "../../src/dump/pairing";
import { readLogits } from "../../src/dump/view";
import { Channel, type EventMap } from "../../src/protocol/channel";
import type { CalibrationChoice } from "../../src/protocol/calibration";
import type { ComputeRequests, FileRef } from "../../src/protocol/messages";
import type { Resident } from "./data";

/** What a person has chosen at first. */
export const choice: CalibrationChoice = { clip: null, bins: 15, convention: "[lo, hi)" };

/** NLL, accuracy and ECE of resident logits at one temperature, as the extension computes them. */
export function ourDirectPass(resident: Resident, T: number): string {
  return directPass(resident, T);
}

/** The same in plain TypeScript on one thread. */
export function directPass({ logits, classes, labels }: Resident, T: number): string {
  const measures = createRowMeasures(labels.length);
  measureRows(logits, classes, labels, T, measures);
  return directNote(measures);
}

/** The same straight from the page cache: opens, reads block by block, holds nothing, closes. */
export async function directPassFromFile(file: string, T: number): Promise<string> {
  const dump = await openHere(file);
  const { rows, classes, labels } = dump.view;
  const measures = createRowMeasures(rows);
  const count = Math.max(1, Math.floor((1 << 18) / classes));
  for (let first = 0; first < rows; first += count) {
    const block = await readLogits(dump.view, first, Math.min(count, rows - first));
    measureRows(block, classes, labels!.subarray(first, first + count), T, measures, first);
  }
  await dump.close();
  return directNote(measures);
}

/** Opens a file with what belongs to it, in this thread. */
export function openHere(file: string): Promise<OpenDump> {
  const context = { signal: new AbortController().signal, progress: () => undefined };
  const open = (ref: FileRef) => FileSource.open((ref as { path: string }).path);
  const { ref, siblings } = refs(file);
  return OpenDump.open(open, ref, siblings, {}, context);
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
  request<M extends "profile" | "calibrate" | "measure">(
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
