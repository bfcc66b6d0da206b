import { once } from "node:events";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { createRowScan, type RowScan } from "../../src/core";
import type { Contestant } from "./comparison";
import { load, type Dump } from "./data";
import { scanNote } from "./ours";

/** The rows that one thread holds, and where it writes what it finds of them. */
export interface ResidentPart {
  readonly dump: Dump;
  readonly from: number;
  readonly to: number;
  readonly T: number;
  readonly scan: RowScan;
}

/** NLL, accuracy and ECE of logits that lie in the kernels' own memory, a part of the rows a thread. */
export function residentPass(dump: Dump, T: number, count: number): Contestant {
  const scan = createRowScan(dump.rows, bytes => new SharedArrayBuffer(bytes));
  const { labels } = load(dump);
  const edge = (i: number) => Math.floor((dump.rows * i) / count);
  const threads = Array.from({ length: count }, (_, i) => {
    const workerData: ResidentPart = { dump, from: edge(i), to: edge(i + 1), T, scan };
    return new Worker(path.join(__dirname, "resident.worker.js"), { workerData });
  });
  return {
    name: `ours, float32, ${count === 1 ? "one thread" : `${count} threads`}`,
    async run() {
      const start = performance.now();
      const answers = threads.map(thread => once(thread, "message"));
      for (const thread of threads) thread.postMessage(null);
      await Promise.all(answers);
      const note = scanNote(scan, labels);
      return { cost: performance.now() - start, note };
    },
    end: () => threads.forEach(thread => void thread.terminate()),
  };
}
