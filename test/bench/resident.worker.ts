// A thread that holds rows of a dump where the kernel takes them, and looks through them when asked.
import { parentPort, workerData } from "node:worker_threads";
import { scanSums } from "../../src/core";
import { createKernel, sumFields } from "../../src/core/kernel";
import { load } from "./data";
import type { ResidentPart } from "./resident";

const { dump, from, to, T, scan } = workerData as ResidentPart;
const kernel = createKernel();
const { logits, labels, classes } = load(dump);
const rows = to - from;
const part = logits.subarray(from * classes, to * classes);
kernel.room(part.byteLength).set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
const block = { type: "float32", rows, classes, labels: labels.slice(from, to) } as const;
const sums = new Float64Array(rows * sumFields);

const port = parentPort!;
port.on("message", () => {
  kernel.sumRows(block, T, "single", sums);
  scanSums(sums, scan, from);
  port.postMessage(null);
});
