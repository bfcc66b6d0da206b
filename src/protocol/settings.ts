import type { EntropyUnit } from "../core";

/** A person's preferences as the views need them. */
export interface Settings {
  /** Classes shown in charts and tables. */
  readonly topK: number;
  /** Bins of the reliability diagram. */
  readonly bins: number;
  readonly entropyUnit: EntropyUnit;
  readonly defaultTemperature: number;
}
