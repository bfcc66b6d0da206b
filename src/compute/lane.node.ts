import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { pickSample } from "../core";
import { createKernel } from "../core/kernel";
import { logitBytes } from "../core/kernel/kernel";
import { fileError } from "../formats/errors";
import { readRowPiece, type RowPiece } from "../formats/json/rows";
import { reasonOf } from "../protocol/channel";
import { checkIdentity, FileSource, inWords } from "./fileSource.node";
import { control, type LaneJob, type LaneReply, type PassJob, type PieceJob } from "./lane";
import { RowRunner, rowsPerBlock } from "./rowTask";

/** A thread that does its share of a pass: reads blocks by range and hands them to the kernel. */

/** Bytes of a block: with the kernel's own scratch they stay in a core's second-level cache. */
const blockBytes = 1 << 18;

const kernel = createKernel();
const port = parentPort!;
port.on("message", async (job: LaneJob) => {
  const reply = await replyTo(job);
  const numbers = "piece" in reply ? reply.piece?.numbers : undefined;
  port.postMessage(reply, numbers ? [numbers.buffer as ArrayBuffer] : []);
});

async function replyTo(job: LaneJob): Promise<LaneReply> {
  const { id } = job;
  try {
    return job.what === "pass" ? { id, parts: work(job) } : { id, piece: await readPiece(job) };
  } catch (error) {
    const { message } = inWords(job.fileName, error);
    return { id, reason: reasonOf(error), message };
  }
}

/** As of the file that is being opened: of another state of it no piece can be taken. */
async function readPiece({ file, from, to }: PieceJob): Promise<RowPiece | null> {
  const source = await FileSource.open(file.path);
  try {
    return source.range().identity === file.identity ? await readRowPiece(source, from, to) : null;
  } finally {
    await source.close();
  }
}

function work(job: PassJob): Float64Array {
  const { type, rows, classes, file } = job.range;
  const rowBytes = classes * logitBytes[type];
  const perBlock = rowsPerBlock(rowBytes, blockBytes);
  const runner = new RowRunner(kernel, job.task, classes, job.labels);
  const handle = openSync(file.path, "r");
  try {
    for (let first = job.lane * perBlock; first < rows; first += job.lanes * perBlock) {
      if (Atomics.load(job.control, control.isCancelled) !== 0) break;
      const count = Math.min(perBlock, rows - first);
      const room = runner.room(type, count);
      readAll(job.fileName, handle, room, file.offset + first * rowBytes);
      // After the read: what was written meanwhile shows in the file's times.
      checkIdentity(job.fileName, fstatSync(handle, { bigint: true }), file.identity);
      const taken = pickSample(room, rowBytes, first, count, job.sample);
      if (taken.rows > 0) runner.run(type, taken.first, taken.rows);
      Atomics.add(job.control, control.rowsDone, count);
    }
    return runner.parts();
  } finally {
    closeSync(handle);
  }
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
