import { runSteps, type Steps } from "../steps";
import { equalMassBins, equalWidthBins, type BinConvention } from "./bins";
import { binned, bootstrapSteps, ifCalibratedSteps } from "./bootstrap";
import { brierParts, type BrierParts } from "./brierParts";
import { calibrationError, debiasedL2, eceByBins, type CalibrationError } from "./calibrationError";
import { rankRows } from "./ranked";
import { auroc, riskCoverage, type RiskCoverage } from "./ranking";
import { reliabilityBins, type ReliabilityBin } from "./reliability";
import type { RowMeasures } from "./rowMeasures";
import { smoothEce } from "./smoothEce";
import { summarise, topKAccuracy, type Summary } from "./summary";

/** What one or two passes over the rows give: cheap enough for every frame of a drag. */
export interface LiveMetrics extends Summary, CalibrationError {
  readonly top5: number;
  readonly convention: BinConvention;
  /** Bins of equal width, those of the ECE. */
  readonly bins: readonly ReliabilityBin[];
}

/** All metrics of rows at one temperature; plain data, NaN where there is no row. */
export interface FullMetrics extends LiveMetrics {
  readonly equalMassEce: number;
  /** Over `debiasedBins` bins of equal mass. */
  readonly debiasedL2: number;
  readonly smoothEce: number;
  /** Of the top-label Brier score. */
  readonly brierParts: BrierParts;
  readonly auroc: number;
  readonly riskCoverage: RiskCoverage;
  /** The 95 % interval of the ECE, by bootstrap in its pivotal form. */
  readonly eceInterval: { readonly low: number; readonly high: number };
  /** The ECE that a perfectly calibrated model with these confidences would show. */
  readonly eceIfCalibrated: { readonly mean: number; readonly quantile95: number };
  /** How often rows were drawn for both. */
  readonly draws: number;
  /** The ECE for each number of bins in `sensitivityRange`, both ends included. */
  readonly eceByBins: Float64Array;
}

/** Bins of equal mass of the debiased error: those of the library that is compared with. */
export const debiasedBins = 15;

/** The numbers of bins that the sensitivity of the ECE is shown for. */
export const sensitivityRange = { from: 5, to: 50 } as const;

/** The rows of all draws together, so that a million rows don't take a minute. */
const drawnRows = 1e7;
const draws = { least: 100, most: 1000 };

/**
 * The metrics that follow a slider.
 * @throws RangeError for a number of bins that is not a whole number ≥ 1
 */
export function liveMetrics(
  measures: RowMeasures,
  bins: number,
  convention: BinConvention,
): LiveMetrics {
  const binned = equalWidthBins(measures, bins, convention);
  return {
    ...summarise(measures),
    ...calibrationError(binned),
    top5: topKAccuracy(measures, 5),
    convention,
    bins: reliabilityBins(binned),
  };
}

/**
 * All metrics, for a temperature that stays.
 * @param seed of the draws: the same one gives the same intervals
 * @throws RangeError for a number of bins that is not a whole number ≥ 1
 */
export function fullMetrics(
  measures: RowMeasures,
  bins: number,
  convention: BinConvention,
  seed = 1,
): FullMetrics {
  return runSteps(fullMetricsSteps(measures, bins, convention, seed));
}

/** `fullMetrics` in steps, of which none takes longer than to sort the rows. */
export function* fullMetricsSteps(
  measures: RowMeasures,
  bins: number,
  convention: BinConvention,
  seed = 1,
): Steps<FullMetrics> {
  const live = liveMetrics(measures, bins, convention);
  const options = { bins, convention, seed, draws: drawsFor(live.used) };
  yield;
  const smooth = smoothEce(measures);
  const parts = brierParts(measures, bins, convention);
  yield;
  const ranked = rankRows(measures);
  yield;
  const drawn = binned(measures, options);
  const { from, to } = sensitivityRange;
  return {
    ...live,
    equalMassEce: calibrationError(equalMassBins(ranked, bins)).ece,
    debiasedL2: debiasedL2(equalMassBins(ranked, debiasedBins)),
    smoothEce: smooth,
    brierParts: parts,
    auroc: auroc(ranked),
    riskCoverage: riskCoverage(ranked),
    eceInterval: yield* bootstrapSteps(drawn, options),
    eceIfCalibrated: yield* ifCalibratedSteps(drawn, options),
    draws: options.draws,
    eceByBins: eceByBins(ranked, convention, from, to),
  };
}

function drawsFor(rows: number): number {
  const affordable = Math.floor(drawnRows / Math.max(1, rows));
  return Math.min(draws.most, Math.max(draws.least, affordable));
}
