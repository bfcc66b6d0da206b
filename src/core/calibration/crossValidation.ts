import { fitTemperature, type TemperatureFit } from "./fit";
import type { LossPoint } from "./lossSums";
import { randomStream, unit } from "./random";
import type { RowMeasures } from "./rowMeasures";

/** How a data set is passed over: by whoever holds it, in memory or block by block. */
export interface Passes {
  /** The losses at some β over the rows with these labels; a label of −1 leaves its row out. */
  losses(betas: readonly number[], labels: Int32Array): Promise<readonly LossPoint[]>;
  /** The measures of all rows, each at its own temperature. */
  measure(temperatures: Float64Array): Promise<RowMeasures>;
}

/** Temperature scaling judged on rows that it was not fitted on. */
export interface CrossValidation {
  /** One fit a fold, over the rows outside it. */
  readonly fits: readonly TemperatureFit[];
  /** All rows, each at the temperature fitted without its own fold. */
  readonly measures: RowMeasures;
}

/**
 * Which fold each row is in: a seeded shuffle, dealt out in turn, so that folds differ in size by
 * one row at most.
 * @throws RangeError unless folds is a whole number from 2 on
 */
export function kFold(rows: number, folds: number, seed = 1): Int32Array {
  if (!Number.isInteger(folds) || folds < 2) {
    throw new RangeError(`The number of folds is a whole number from 2 on; this one is ${folds}.`);
  }
  const fold = Int32Array.from({ length: rows }, (_, i) => i % folds);
  const random = randomStream(seed);
  for (let i = rows - 1; i > 0; i--) {
    const j = Math.floor(random() * unit * (i + 1));
    [fold[i], fold[j]] = [fold[j], fold[i]];
  }
  return fold;
}

/**
 * Fits T on all folds but one and measures that one, for each in turn. Where a fit has no
 * temperature (verdict "undefined"), its fold is measured at T = 1.
 * @param labels one a row, −1 for none
 */
export async function crossValidate(
  passes: Passes,
  labels: Int32Array,
  folds: number,
  seed = 1,
): Promise<CrossValidation> {
  const foldOf = kFold(labels.length, folds, seed);
  const fits: TemperatureFit[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const outside = labels.map((label, r) => (foldOf[r] === fold ? -1 : label));
    fits.push(await fitTemperature(betas => passes.losses(betas, outside)));
  }
  const temperatures = Float64Array.from(foldOf, fold =>
    fits[fold].verdict === "undefined" ? 1 : fits[fold].T,
  );
  return { fits, measures: await passes.measure(temperatures) };
}
