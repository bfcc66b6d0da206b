import type { RunningWorker, WorkerScript } from "./workerScript";

/** A web host has no local files: all bytes come through the editor. */
export const readsLocalFiles = false;

/** What this file uses of the browser's Worker. */
interface BrowserWorker {
  onmessage: ((event: { data: unknown }) => void) | null;
  onerror: ((event: unknown) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}
declare const Worker: new (url: string) => BrowserWorker;

/** The worker's bundle, from the extension's root. */
export const workerBundle = "dist/web/worker.js";

/** Starts the worker from its text: another origin's script can't be a worker, a blob can. */
export async function startWorker(script: WorkerScript): Promise<RunningWorker> {
  const blob = new Blob([await script.readText()], { type: "text/javascript" });
  const url = URL.createObjectURL(blob);
  const worker = new Worker(url);
  return {
    port: {
      post: message => worker.postMessage(message),
      listen: listener => {
        worker.onmessage = event => listener(event.data);
      },
    },
    onEnd: listener => {
      worker.onerror = listener;
    },
    stop: () => {
      worker.terminate();
      // Not sooner: the editor's own Worker loads the script some time after it was made.
      URL.revokeObjectURL(url);
    },
  };
}
