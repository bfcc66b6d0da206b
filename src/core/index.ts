/**
 * The core: the arithmetic of logits, probabilities and temperature. It knows no file, no window
 * and no editor. Numbers come in as arrays, which are never changed unless passed as `out`, and go
 * out as data. Logarithms are natural, sums are float64, 0·log 0 = 0, and ties go to the lowest
 * index. A mask is −∞: p = 0 there. T = 0 and T = Infinity are limits and valid everywhere.
 */

// Tensors: what a reader hands over.
export { elementCount, itemSize, toFloat64 } from "./tensor";
export type { Cancellation, DType, Tensor, Values } from "./tensor";

// What kind of numbers they are, and those numbers as logits.
export { guessKind, kindTolerance, rowKind, RowNumbers } from "./kinds";
export type { Kind } from "./kinds";
export { binaryRow, toLogits } from "./toLogits";
export { rowState, rowStates, unusableReasons } from "./rowState";
export type { RowState } from "./rowState";

// Where results get their memory.
export { ownMemory } from "./allocate";
export type { Allocate } from "./allocate";

// One row at one temperature.
export { logSoftmax, softmax } from "./softmax";
export { describe } from "./distribution";
export type { Distribution } from "./distribution";
export { entropyIn } from "./entropyUnits";
export type { EntropyUnit } from "./entropyUnits";
export { entropyOf, energyOf, freeEnergyOf, klDivergence } from "./divergence";
export { topK } from "./topK";
export { modelRow, seriesAt } from "./rowModel";
export type { LabelledRow, RowModel, Series } from "./rowModel";

// One row of which a few log-probabilities are known, and a text of such rows.
export { capOf, coveredMass, partialEntropy, partialState, temperPartial } from "./partial";
export type { PartialDistribution, PartialRow, PartialState, Range } from "./partial";
export { modelPartial, partialSeriesAt, rangeAt } from "./partialModel";
export type { ListedRow, PartialModel, PartialSeries } from "./partialModel";
export { partialReasons, partialSentence } from "./partialSentence";
export { perplexity } from "./perplexity";

// Two classes: logit gap, odds and probability.
export { gapForProbability, oddsOf } from "./odds";
export type { Odds } from "./odds";

// Many rows, block by block.
export { createRowScan, scanSums } from "./scan";
export type { RowScan } from "./scan";
export { RunningStatistics } from "./statistics";
export type { Statistics } from "./statistics";

// Calibration: what is known of each row, and every metric made of it.
export { createRowMeasures, measureRows, measureSums, takeRowsAt } from "./calibration/rowMeasures";
export type { RowMeasures } from "./calibration/rowMeasures";
export { sumFields } from "./calibration/rowSums";
export type { Block } from "./calibration/rowSums";
export { sigmoidRows } from "./calibration/multiLabel";
export { clipRows } from "./calibration/clip";
export { summarise, topKAccuracy } from "./calibration/summary";
export type { Summary } from "./calibration/summary";
export { binOf, equalMassBins, equalWidthBins, equalWidthEdges } from "./calibration/bins";
export type { BinConvention, Bins, Scored } from "./calibration/bins";
export { calibrationError, debiasedL2, eceByBins } from "./calibration/calibrationError";
export type { CalibrationError } from "./calibration/calibrationError";
export { reliabilityBins, wilsonInterval } from "./calibration/reliability";
export type { ReliabilityBin } from "./calibration/reliability";
export { ClasswiseBins } from "./calibration/classwise";
export type { Classwise } from "./calibration/classwise";
export { brierParts } from "./calibration/brierParts";
export type { BrierParts } from "./calibration/brierParts";
export { smoothEce } from "./calibration/smoothEce";
export { rankRows } from "./calibration/ranked";
export { worstRows } from "./calibration/worstRows";
export type { BinRows } from "./calibration/worstRows";
export type { Ranked } from "./calibration/ranked";
export { auroc, riskCoverage } from "./calibration/ranking";
export type { RiskCoverage } from "./calibration/ranking";
export { bootstrapEce, eceIfCalibrated } from "./calibration/bootstrap";
export type { DrawOptions } from "./calibration/bootstrap";
export {
  debiasedBins,
  fullMetrics,
  fullMetricsSteps,
  liveMetrics,
  sensitivityRange,
} from "./calibration/metrics";
export type { FullMetrics, LiveMetrics } from "./calibration/metrics";
export type { Steps } from "./steps";

// The temperature with the lowest NLL.
export { LossSums } from "./calibration/lossSums";
export type { AllLosses, LossPoint, Losses } from "./calibration/lossSums";
export { fitTemperature } from "./calibration/fit";
export type { TemperatureFit, Verdict } from "./calibration/fit";
export { crossValidate, kFold } from "./calibration/crossValidation";
export type { CrossValidation, Passes } from "./calibration/crossValidation";

// The row profile: any temperature from 0.05 to 20 without a pass over the logits.
export { ProfileBuilder } from "./profile/profileBuilder";
export { covers, createRowProfile } from "./profile/rowProfile";
export type { RowProfile } from "./profile/rowProfile";
export { pickSample, sampledRow, sampleOf, wholeOf } from "./profile/rowSample";
export type { RowSample } from "./profile/rowSample";
export { evaluateRows } from "./profile/evaluateRows";
export { ProfileEvaluator } from "./profile/profileMetrics";
export type { ProfileMetrics } from "./profile/profileMetrics";
export { lossPoint } from "./profile/lossPoint";
export { crossValidateProfile, fitByProfile } from "./profile/fitProfile";
export { errorBound } from "./profile/errorBound";
export type { ErrorBound } from "./profile/errorBound";

// Numbers as text.
export { figure, figureRange, grouped, percent, percentRange, temperatureText } from "./numberText";

// Attention: the scores of a head, one query a row, and what is known of it at a temperature.
export { findScoreMask } from "./attention/scoreMask";
export { guessMapKind } from "./attention/mapKind";
export type { MapKind, RawMap } from "./attention/mapKind";
export { readMap, rowScores } from "./attention/attentionMap";
export type { AttentionMap, MapReading } from "./attention/attentionMap";
export { headMeasureNames, measureHead } from "./attention/headMeasures";
export type { HeadMeasure } from "./attention/headMeasures";
export {
  curveNumbers,
  curvePoints,
  curvesAt,
  curveTemperatures,
  headCurves,
} from "./attention/headCurves";
export { keysHolding, sortedGaps } from "./attention/keyCount";
export { compareMaps } from "./attention/compareMaps";
export { logPartitions } from "./attention/logPartition";
export { miniature, miniatureSize } from "./attention/miniature";

// A temperature as text and as a place on a slider.
export { parseTemperature } from "./parseTemperature";
export {
  maxTemperature,
  minTemperature,
  positionToTemperature,
  snapTemperature,
  temperatureToPosition,
} from "./temperatureScale";
