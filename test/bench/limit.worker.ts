// A thread of the physical limit: reads bytes once, in memory or in a file, and does nothing else.
import { openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { Span } from "./limit";

const { what, from, to } = workerData as Span;
const window = Buffer.alloc(1 << 18);

/** Compares bytes with themselves, seen twice: the C library's pass over memory, at full width. */
function touch(bytes: Buffer): void {
  if (!bytes.equals(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))) throw new Error();
}

function touchFile(handle: number): void {
  for (let at = from; at < to;) {
    const count = readSync(handle, window, 0, Math.min(window.length, to - at), at);
    touch(window.subarray(0, count));
    at += count;
  }
}

const port = parentPort!;
const work =
  typeof what === "string"
    ? touchFile.bind(null, openSync(what, "r"))
    : touch.bind(null, Buffer.from(what, from, to - from));
port.on("message", () => {
  work();
  port.postMessage(null);
});
