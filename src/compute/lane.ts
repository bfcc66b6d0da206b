import type { RowSample } from "../core";
import type { RowRange } from "../dump/rowRange";
import type { RowTask } from "./rowTask";

/** A pass's part for one lane: every `lanes`-th block, from block `lane` on. */
export interface LaneJob {
  readonly id: number;
  readonly fileName: string;
  readonly range: RowRange;
  readonly task: RowTask;
  /** Which of the rows are taken, evenly spaced; all as a rule. */
  readonly sample: RowSample;
  /** Of the rows that are taken, shared. */
  readonly labels: Int32Array;
  readonly lane: number;
  readonly lanes: number;
  /** Shared between the lanes and whoever waits for them. */
  readonly control: Int32Array;
}

/** Places in a job's `control`. */
export const control = { isCancelled: 0, rowsDone: 1, length: 2 } as const;

/** How a lane's part of a job ended. */
export type LaneReply =
  | { readonly id: number; readonly parts: Float64Array }
  | { readonly id: number; readonly reason: string; readonly message: string };
