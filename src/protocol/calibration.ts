import type { BinConvention, BinRows, Classwise, FullMetrics, TemperatureFit } from "../core";

/** The direct float64 pass at one temperature: what is shown as exact, and what is exported. */
export interface Measured {
  readonly temperature: number;
  /** All metrics, in the chosen bins. */
  readonly metrics: FullMetrics;
  /** Of each bin. */
  readonly worst: readonly BinRows[];
  /** Binary calibration of each class; null where a sigmoid's two classes say the same twice. */
  readonly classwise: Classwise | null;
}

/** How NLL and ECE do on rows that the temperature was not fitted on. */
export interface HeldOut {
  readonly folds: number;
  readonly temperatures: readonly number[];
  readonly nll: number;
  readonly ece: number;
}

/** A fit of a dump's rows. */
export interface Fitted {
  /** The dump. */
  readonly file: string;
  readonly fit: TemperatureFit;
}

/** A fit, and what it can be trusted with. */
export interface Calibration extends Fitted {
  /** What had been chosen then. */
  readonly choice: CalibrationChoice;
  /** Null where there are too few rows to hold any out; not there until that was done. */
  readonly heldOut?: HeldOut | null;
}

/** What a person can choose about calibration. */
export interface CalibrationChoice {
  /** The floor that probabilities are clipped to, 1e-12 for example; null for none. */
  readonly clip: number | null;
  /** Bins of the ECE and which of their edges belong to them. */
  readonly bins: number;
  readonly convention: BinConvention;
}
