import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { pickSample } from "../core";
import { createKernel } from "../core/kernel";
import { logitBytes } from "../core/kernel/kernel";
import { fileError } from "../formats/errors";
import { reasonOf } from "../protocol/channel";
import { checkIdentity, inWords } from "./fileSource.node";
import { control, type LaneJob, type LaneReply } from "./lane";
import { RowRunner, rowsPerBlock } from "./rowTask";

/** A thread that does its share of a pass: reads blocks by range and hands them to the kernel. */

/** Bytes of a block: with the kernel's own scratch they stay in a core's second-level cache. */
const blockBytes = 1 << 18;

const kernel = createKernel();
const port = parentPort!;
port.on("message", (job: LaneJob) => port.postMessage(replyTo(job)));

function replyTo(job: LaneJob): LaneReply {
  const { id } = job;
  try {
    return { id, parts: work(job) };
  } catch (error) {
    const { message } = inWords(job.fileName, error);
    return { id, reason: reasonOf(error), message };
  }
}

function work(job: LaneJob): Float64Array {
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
      readAll(job, handle, room, file.offset + first * rowBytes);
      // After the read: what was written meanwhile shows in the file's times.
      checkIdentity(job.fileName, fstatSync(handle, { bigint: true }), file.identity);
      const taken = pickSample(room, rowBytes, first, count, job.sample);
      if (taken.rows > 0) runner.run(type, taken.first, taken.rows, room);
      Atomics.add(job.control, control.rowsDone, count);
    }
    return runner.parts();
  } finally {
    closeSync(handle);
  }
}

function readAll(job: LaneJob, handle: number, into: Uint8Array, offset: number): void {
  for (let done = 0; done < into.length;) {
    const count = readSync(handle, into, done, into.length - done, offset + done);
    if (count === 0) {
      const text = "ends too early (still being written?); wait until it is complete.";
      throw fileError("TRUNCATED_DATA", job.fileName, text);
    }
    done += count;
  }
}
