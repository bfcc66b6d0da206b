import { Worker } from "node:worker_threads";
import type { RunningWorker, WorkerScript } from "./workerScript";

/** Here the worker opens local files itself, by range. */
export const readsLocalFiles = true;

/** The worker's bundle, from the extension's root. */
export const workerBundle = "dist/worker.js";

/** Starts the worker as a thread of the extension host. */
export function startWorker(script: WorkerScript): Promise<RunningWorker> {
  const worker = new Worker(script.path);
  return Promise.resolve({
    port: {
      post: message => worker.postMessage(message),
      listen: listener => void worker.on("message", listener),
    },
    onEnd: listener => {
      worker.on("error", () => undefined); // "exit" follows; without this the error would be thrown
      worker.on("exit", listener);
    },
    stop: () => void worker.terminate(),
  });
}
