import type {
  BinRows,
  Classwise,
  FullMetrics,
  LiveMetrics,
  RowProfile,
  RowSample,
} from "../../src/core";
import type { Calibration, CalibrationChoice } from "../../src/protocol/calibration";
import type { Curves } from "./curves";

/** What is known at one temperature. */
export interface Reading {
  readonly temperature: number;
  readonly metrics: LiveMetrics;
  /** The rows that it is made of: all of them where it is exact. */
  readonly sample: RowSample;
  /** The worst rows of each bin: worked out, where the numbers are live, when asked. */
  readonly worst: () => readonly BinRows[];
  /** Those of an exact pass; null for numbers from the row profile, which follow the slider. */
  readonly full: FullMetrics | null;
  readonly classwise: Classwise | null;
}

/** What the Calibration tab has worked out so far; null is not yet. */
export interface Desk {
  readonly choice: CalibrationChoice;
  readonly profile: RowProfile | null;
  readonly atOne: Reading | null;
  /** At the slider's temperature, or the last one there was while that is being measured. */
  readonly current: Reading | null;
  readonly fitted: Reading | null;
  readonly curves: Curves | null;
  /** The fit on another file. */
  readonly other: Calibration | null;
  /** Whether a pass was cancelled or failed, so that numbers are missing until it is asked for. */
  readonly isStopped: boolean;
}

export const emptyDesk: Desk = {
  choice: { clip: null, bins: 15, convention: "[lo, hi)" },
  profile: null,
  atOne: null,
  current: null,
  fitted: null,
  curves: null,
  other: null,
  isStopped: false,
};
