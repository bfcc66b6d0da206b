import type { RowSample } from "../core";
import type { FileRange } from "../core/tensor";
import type { RowRange } from "../dump/rowRange";
import type { RowPiece } from "../formats/json/rows";
import type { RowTask } from "./rowTask";

/** What a lane is asked. */
export type LaneJob = ReadyJob | PassJob | PieceJob;

/** Asks for no more than a sign that the thread has started. */
export interface ReadyJob {
  readonly what: "ready";
  readonly id: number;
}

/** A pass's part for one lane: every `lanes`-th block, from block `lane` on. */
export interface PassJob {
  readonly what: "pass";
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

/** Rows of a matrix in a JSON file: those that start in a range of bytes. */
export interface PieceJob {
  readonly what: "piece";
  readonly id: number;
  readonly fileName: string;
  readonly file: FileRange;
  readonly from: number;
  readonly to: number;
}

/** Places in a job's `control`. */
export const control = { isCancelled: 0, rowsDone: 1, length: 2 } as const;

/** How a job ended. */
export type LaneReply =
  | { readonly id: number; readonly isReady: true }
  | { readonly id: number; readonly piece: RowPiece | null }
  | { readonly id: number; readonly parts: Float64Array }
  | { readonly id: number; readonly reason: string; readonly message: string };
