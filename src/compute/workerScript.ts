import type { Port } from "../protocol/channel";

/** Where the worker's bundle lies: a path for Node, the text itself for the web. */
export interface WorkerScript {
  readonly path: string;
  readText(): Promise<string>;
}

/** A running worker. */
export interface RunningWorker {
  readonly port: Port;
  /** Called once if the worker ends by itself. */
  onEnd(listener: () => void): void;
  stop(): void;
}
