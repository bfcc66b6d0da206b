import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { pickSample, sampledRow } from "../core";
import { createKernel } from "../core/kernel";
import { logitBytes } from "../core/kernel/kernel";
import { fileError } from "../formats/errors";
import { PieceScanner, type RowPiece } from "../formats/json/rows";
import { reasonOf } from "../protocol/channel";
import { checkIdentity, inWords } from "./fileSource.node";
import { control, type LaneJob, type LaneReply, type PassJob, type PieceJob } from "./lane";
import { RowRunner, rowsPerBlock } from "./rowTask";

/** A thread that reads by range: blocks of a pass, which the kernel gets, or rows of a JSON file. */

/** Bytes of a block: with the kernel's own scratch they stay in a core's second-level cache. */
const blockBytes = 1 << 18;

/** Rows of a sample that lie so many bytes apart are read one by one, not with all between them. */
const farApart = 1 << 15;

const kernel = createKernel();
const pieces = new PieceScanner();
const port = parentPort!;
port.on("message", (job: LaneJob) => {
  const reply = replyTo(job);
  const numbers = "piece" in reply ? reply.piece?.numbers : undefined;
  port.postMessage(reply, numbers ? [numbers.buffer as ArrayBuffer] : []);
});

function replyTo(job: LaneJob): LaneReply {
  const { id } = job;
  if (job.what === "ready") return { id, isReady: true };
  try {
    return job.what === "pass" ? { id, parts: work(job) } : { id, piece: readPiece(job) };
  } catch (error) {
    const { message } = inWords(job.fileName, error);
    return { id, reason: reasonOf(error), message };
  }
}

function readPiece({ fileName, file, from, to }: PieceJob): RowPiece | null {
  const handle = openSync(file.path, "r");
  try {
    const size = Number(fstatSync(handle).size);
    const room = pieces.roomFor(from, to, size);
    readAll(fileName, handle, room, from);
    checkIdentity(fileName, fstatSync(handle, { bigint: true }), file.identity);
    return pieces.scan(room, from, to);
  } finally {
    closeSync(handle);
  }
}

function work(job: PassJob): Float64Array {
  const { fileName, range, sample, lane, lanes } = job;
  const { type, rows, classes, file } = range;
  const rowBytes = classes * logitBytes[type];
  const perBlock = rowsPerBlock(rowBytes, blockBytes);
  const isSparse = sample.count < rows && (rowBytes * rows) / sample.count >= farApart;
  const read = isSparse ? readSampled : readBlock;
  const all = isSparse ? sample.count : rows;
  const runner = new RowRunner(kernel, job.task, classes, job.labels);
  const handle = openSync(file.path, "r");
  try {
    for (let first = lane * perBlock; first < all; first += lanes * perBlock) {
      if (Atomics.load(job.control, control.isCancelled) !== 0) break;
      const count = Math.min(perBlock, all - first);
      const taken = read(job, handle, runner.room(type, count), first, count);
      // After the read: what was written meanwhile shows in the file's times.
      checkIdentity(fileName, fstatSync(handle, { bigint: true }), file.identity);
      if (taken.rows > 0) runner.run(type, taken.first, taken.rows);
      Atomics.add(job.control, control.rowsDone, Math.round((count * rows) / all));
    }
    return runner.parts();
  } finally {
    closeSync(handle);
  }
}

/** Reads `count` rows and leaves the sampled ones: where they are in the sample, and how many. */
function readBlock(job: PassJob, handle: number, room: Uint8Array, first: number, count: number) {
  const rowBytes = room.length / count;
  readAll(job.fileName, handle, room, job.range.file.offset + first * rowBytes);
  return pickSample(room, rowBytes, first, count, job.sample);
}

/** Reads `count` rows of the sample from its row `first` on, each for itself. */
function readSampled(job: PassJob, handle: number, room: Uint8Array, first: number, count: number) {
  const rowBytes = room.length / count;
  for (let i = 0; i < count; i++) {
    const into = room.subarray(i * rowBytes, (i + 1) * rowBytes);
    const row = sampledRow(job.sample, first + i);
    readAll(job.fileName, handle, into, job.range.file.offset + row * rowBytes);
  }
  return { first, rows: count };
}

function readAll(fileName: string, handle: number, into: Uint8Array, offset: number): void {
  for (let done = 0; done < into.length;) {
    const count = readSync(handle, into, done, into.length - done, offset + done);
    if (count === 0) {
      const text = "ends too early (still being written?); wait until it is complete.";
      throw fileError("TRUNCATED_DATA", fileName, text);
    }
    done += count;
  }
}
