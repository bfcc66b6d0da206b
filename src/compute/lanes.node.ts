import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { Lanes } from "./lanes";

/** Threads of one pass: memory is the bound beyond a few, and others want to work, too. */
const maxLanes = 4;

/** Lanes as threads of this process; they start with the first pass. */
export function threadLanes(
  count = Math.max(2, Math.min(maxLanes, availableParallelism())),
  script = path.join(__dirname, "lane.js"),
): Lanes {
  return new Lanes(count, () => {
    const worker = new Worker(script);
    worker.unref(); // an idle lane keeps no process alive
    return {
      post: job => worker.postMessage(job),
      listen(listener) {
        worker.on("message", listener);
        worker.on("error", () => undefined); // "exit" follows; without this the error would be thrown
        worker.on("exit", () => listener(undefined));
      },
      stop: () => void worker.terminate(),
    };
  });
}
