import type { RowSample } from "../core";
import type { FileRange } from "../core/tensor";
import type { RowRange } from "../dump/rowRange";
import type { RowReaders } from "../formats/json/rows";
import { FormatError } from "../formats/errors";
import { RemoteError, type CallContext } from "../protocol/channel";
import { control, type LaneJob, type LaneReply } from "./lane";
import type { RowTask } from "./rowTask";

/** A thread that takes jobs one after another. */
export interface Lane {
  post(job: LaneJob): void;
  /** Registers the one listener, which gets undefined if the thread has ended. */
  listen(listener: (reply: LaneReply | undefined) => void): void;
  stop(): void;
}

/** One that is being read, and one to go on with at once. */
const piecesPerLane = 2;

/** How often progress and cancelling are looked at, in milliseconds. */
const lookEvery = 40;

/**
 * Does tasks over rows of local files in several threads at once. Block after block goes to the
 * lanes in turn, so that a sum over rows adds up in the same order each time.
 */
export class Lanes {
  private lanes: Lane[] = [];
  /** Those that have answered once. */
  private ready: Lane[] = [];
  private nextId = 1;
  private readonly waiting = new Map<number, (reply: LaneReply) => void>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly count: number,
    private readonly start: () => Lane,
  ) {}

  /**
   * Fills the task's arrays, which lie in shared memory, and returns what each lane summed up.
   * @param sample which rows are taken, and get the labels (−1 for none)
   * @throws FormatError of the first lane that failed, and "CANCELLED"
   */
  run(
    fileName: string,
    range: RowRange,
    sample: RowSample,
    labels: Int32Array,
    task: RowTask,
    context: CallContext,
  ): Promise<Float64Array[]> {
    // One pass at a time: two would read the disk against each other and finish no sooner.
    const run = this.queue.then(() => this.runNow(fileName, range, sample, labels, task, context));
    this.queue = run.catch(() => undefined);
    return run;
  }

  /** Readers of the rows of a JSON file's matrix: the lanes that have started, in turn. */
  rowReaders(fileName: string, file: FileRange): RowReaders {
    let next = 0;
    const lanes = () => {
      this.started();
      return this.ready;
    };
    return {
      get atOnce() {
        return piecesPerLane * lanes().length;
      },
      read: async (from, to) => {
        const lane = lanes()[next++ % lanes().length];
        const job = { what: "piece", id: this.nextId++, fileName, file, from, to } as const;
        const reply = await this.ask(lane, job);
        if ("piece" in reply) return reply.piece;
        throw errorOf(reply);
      },
    };
  }

  stop(): void {
    for (const lane of this.lanes) lane.stop();
    this.lanes = [];
    this.ready = [];
  }

  private async runNow(
    fileName: string,
    range: RowRange,
    sample: RowSample,
    labels: Int32Array,
    task: RowTask,
    context: CallContext,
  ): Promise<Float64Array[]> {
    requireShared(task);
    const lanes = this.started();
    const shared = inSharedMemory(labels);
    const state = new Int32Array(new SharedArrayBuffer(4 * control.length));
    const jobs = lanes.map((lane, i) =>
      this.ask(lane, {
        what: "pass",
        id: this.nextId++,
        fileName,
        range,
        sample,
        task,
        labels: shared,
        lane: i,
        lanes: lanes.length,
        control: state,
      }),
    );
    const timer = setInterval(() => {
      if (context.signal.aborted) Atomics.store(state, control.isCancelled, 1);
      context.progress(Atomics.load(state, control.rowsDone), range.rows);
    }, lookEvery);
    const replies = await Promise.all(
      jobs.map(async job => {
        const reply = await job;
        if (!("parts" in reply)) Atomics.store(state, control.isCancelled, 1); // the others may stop
        return reply;
      }),
    ).finally(() => clearInterval(timer));
    if (context.signal.aborted) throw new FormatError("CANCELLED", "Cancelled.");
    return replies.map(partsOf);
  }

  private ask(lane: Lane, job: LaneJob): Promise<LaneReply> {
    return new Promise(resolve => {
      this.waiting.set(job.id, resolve);
      lane.post(job);
    });
  }

  private started(): readonly Lane[] {
    if (this.lanes.length === 0) {
      this.lanes = Array.from({ length: this.count }, () => {
        const lane = this.start();
        lane.listen(reply => (reply ? this.settle(reply) : this.lose(lane)));
        this.waiting.set(this.nextId, reply => {
          if ("isReady" in reply) this.ready.push(lane);
        });
        lane.post({ what: "ready", id: this.nextId++ });
        return lane;
      });
    }
    return this.lanes;
  }

  private settle(reply: LaneReply): void {
    this.waiting.get(reply.id)?.(reply);
    this.waiting.delete(reply.id);
  }

  /** A thread that ended by itself, for lack of memory perhaps: all are started anew when needed. */
  private lose(lane: Lane): void {
    if (!this.lanes.includes(lane)) return; // it was stopped
    this.stop();
    const message = "A reader stopped, perhaps for lack of memory; try again.";
    for (const id of [...this.waiting.keys()]) this.settle({ id, reason: "FAILED", message });
  }
}

/** @throws TypeError for arrays that the lanes would fill copies of */
function requireShared(value: object): void {
  for (const part of Object.values(value)) {
    if (ArrayBuffer.isView(part) && !(part.buffer instanceof SharedArrayBuffer)) {
      throw new TypeError("A task's arrays have to lie in shared memory.");
    }
    if (!ArrayBuffer.isView(part) && typeof part === "object" && part) requireShared(part);
  }
}

/** Labels that a pass was given before, where lanes see them. */
const sharedLabels = new WeakMap<Int32Array, Int32Array>();

function inSharedMemory(labels: Int32Array): Int32Array {
  const known = sharedLabels.get(labels);
  if (known) return known;
  const shared = new Int32Array(new SharedArrayBuffer(labels.byteLength));
  shared.set(labels);
  sharedLabels.set(labels, shared);
  return shared;
}

function partsOf(reply: LaneReply): Float64Array {
  if ("parts" in reply) return reply.parts;
  throw errorOf(reply);
}

function errorOf(reply: LaneReply): Error {
  if ("reason" in reply) return new RemoteError(reply.message, reply.reason);
  return new TypeError("A lane answered another question.");
}
