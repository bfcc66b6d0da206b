import { once } from "node:events";
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Contestant } from "./comparison";

/** The bytes that one thread reads: of shared memory, or of a file by its path. */
export interface Span {
  readonly what: SharedArrayBuffer | string;
  readonly from: number;
  readonly to: number;
}

/** The physical limit: the bytes are read once on all cores, and nothing is done with them. */
export function limit(what: SharedArrayBuffer | string): Contestant {
  const size = typeof what === "string" ? statSync(what).size : what.byteLength;
  const count = Math.min(4, availableParallelism());
  const edge = (i: number) => Math.floor((size * i) / count);
  const threads = Array.from({ length: count }, (_, i) => {
    const workerData: Span = { what, from: edge(i), to: edge(i + 1) };
    return new Worker(path.join(__dirname, "limit.worker.js"), { workerData });
  });
  return {
    name: `limit: the bytes read once, ${count} ${count === 1 ? "thread" : "threads"}`,
    async run() {
      const answers = threads.map(thread => once(thread, "message"));
      for (const thread of threads) thread.postMessage(null);
      await Promise.all(answers);
    },
    end: () => threads.forEach(thread => void thread.terminate()),
  };
}
