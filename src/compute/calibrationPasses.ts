import {
  calibrationError,
  ClasswiseBins,
  clipRows,
  createRowMeasures,
  crossValidate,
  crossValidateProfile,
  equalWidthBins,
  fitTemperature,
  fullMetrics,
  LossSums,
  measureRows,
  ProfileBuilder,
  softmax,
  rowState,
  summarise,
  type Passes,
  type RowProfile,
} from "../core";
import { readLogits, type View } from "../dump/view";
import { FormatError } from "../formats/errors";
import type { Calibration, CalibrationChoice, HeldOut, Measured } from "../protocol/calibration";
import type { CallContext } from "../protocol/channel";
import { eachBlock } from "./blocks";

/** Parts that rows are dealt into, to fit on all but one and report on that one. */
const folds = 5;

/** Fewer rows than this can't be dealt out and still say anything. */
const minRows = 20 * folds;

type Add = (block: Float64Array, labels: Int32Array, first: number) => void;

/** Passes over all rows with their labels, clipped where that was chosen. */
async function pass(
  view: View,
  { clip }: CalibrationChoice,
  context: CallContext,
  add: Add,
  labels = view.labels ?? new Int32Array(view.rows).fill(-1),
): Promise<void> {
  const { rows, classes } = view;
  await eachBlock(rows, classes, context, async (first, count) => {
    const block = await readLogits(view, first, count, context.signal);
    if (clip !== null) clipRows(block, classes, clip, block);
    add(block, labels.subarray(first, first + count), first);
  });
}

/** What every metric at any temperature follows from, by one pass. */
export async function profile(
  view: View,
  choice: CalibrationChoice,
  context: CallContext,
): Promise<RowProfile> {
  const builder = new ProfileBuilder(view.rows, view.classes);
  await pass(view, choice, context, (block, labels, first) => builder.add(block, labels, first));
  return builder.finish();
}

/** The measures of all rows at one temperature, in float64. */
export async function measure(
  view: View,
  choice: CalibrationChoice & { temperature: number },
  context: CallContext,
): Promise<Measured> {
  const { rows, classes, reading } = view;
  const { temperature, bins, convention } = choice;
  const measures = createRowMeasures(rows);
  const perClass =
    reading.scores === "softmax" ? new ClasswiseBins(classes, bins, convention) : null;
  await pass(view, choice, context, (block, labels, first) => {
    measureRows(block, classes, labels, temperature, measures, first);
    perClass?.add(block, labels, temperature);
  });
  const metrics = fullMetrics(measures, bins, convention);
  return { temperature, measures, metrics, classwise: perClass?.result() ?? null };
}

/**
 * Fits the temperature by exact passes, and judges it on rows it was not fitted on.
 * @throws FormatError without labels, and "CANCELLED"
 */
export async function calibrate(
  view: View,
  choice: CalibrationChoice,
  context: CallContext,
): Promise<Calibration> {
  if (!view.labels) {
    throw new FormatError(
      "BAD_ROLE",
      `"${view.source.id}" has no labels; choose a file with them.`,
    );
  }
  const passes = directPasses(view, choice, context);
  const fit = await fitTemperature(beta => passes.loss(beta, view.labels!));
  const isJudged = fit.rows >= minRows && fit.verdict === "optimum";
  const heldOut = isJudged ? await holdOut(view, passes, choice, context) : null;
  const { clip, bins, convention } = choice;
  return { file: view.source.id, choice: { clip, bins, convention }, fit, heldOut };
}

/** On the row profile, whose error is far below what folds differ by, where it covers their T. */
async function holdOut(
  view: View,
  passes: Passes,
  choice: CalibrationChoice,
  context: CallContext,
): Promise<HeldOut> {
  const rows = await profile(view, choice, context);
  const { measures, fits } =
    (await crossValidateProfile(rows, folds)) ?? (await crossValidate(passes, view.labels!, folds));
  return {
    folds,
    temperatures: fits.map(fit => fit.T),
    nll: summarise(measures).nll,
    ece: calibrationError(equalWidthBins(measures, choice.bins, choice.convention)).ece,
  };
}

/** Loss and measures by passes over all rows. */
function directPasses(view: View, choice: CalibrationChoice, context: CallContext): Passes {
  const { rows, classes } = view;
  return {
    async loss(beta, labels) {
      const sums = new LossSums(classes, beta);
      await pass(view, choice, context, (block, part) => sums.add(block, part), labels);
      return sums.point();
    },
    async measure(temperatures) {
      const out = createRowMeasures(rows);
      await pass(view, choice, context, (block, labels, first) => {
        const own = temperatures.subarray(first, first + labels.length);
        measureRows(block, classes, labels, own, out, first);
      });
      return out;
    },
  };
}

/** Probabilities of some rows at a temperature; rows without a distribution are NaN. */
export async function probabilities(
  view: View,
  temperature: number,
  first: number,
  count: number,
  context: CallContext,
): Promise<Float64Array> {
  const { classes } = view;
  const block = await readLogits(view, first, count, context.signal);
  for (let start = 0; start < block.length; start += classes) {
    const row = block.subarray(start, start + classes);
    if (rowState(row) === "usable") softmax(row, temperature, row);
    else row.fill(NaN);
  }
  return block;
}
