import {
  calibrationError,
  ClasswiseBins,
  createRowMeasures,
  createRowProfile,
  crossValidate,
  crossValidateProfile,
  equalWidthBins,
  fitByProfile,
  fullMetricsSteps,
  LossSums,
  softmax,
  rowState,
  summarise,
  type Passes,
  sampleOf,
  takeRowsAt,
  worstRows,
  type RowProfile,
} from "../core";
import { readLogits, type View } from "../dump/view";
import { FormatError } from "../formats/errors";
import type { Calibration, CalibrationChoice, HeldOut, Measured } from "../protocol/calibration";
import type { CallContext } from "../protocol/channel";
import { withMeasures } from "./measuresRoom";
import { memoryFor, runTask, type PassContext } from "./rowPass";
import type { RowTask } from "./rowTask";
import { finishSteps } from "./steps";

/** Parts that rows are dealt into, to fit on all but one and report on that one. */
const folds = 5;

/** Fewer rows than this can't be dealt out and still say anything. */
const minRows = 20 * folds;

/**
 * Rows that are profiled at most: of more, so many spread evenly, as each takes 341 bytes here, in
 * the host and in the view. A mean over them is within 0.3 % of a standard deviation of that over
 * all.
 */
const maxProfileRows = 1 << 17;

/** What every metric at any temperature follows from, by one pass. */
export async function profile(
  view: View,
  clip: number | null,
  context: PassContext,
): Promise<RowProfile> {
  const sample = sampleOf(view.rows, maxProfileRows);
  const result = createRowProfile(sample.count, view.classes, view.rows, memoryFor(context));
  await runTask(view, clip, { what: "profile", profile: result }, context, { sample });
  return result;
}

/** All metrics at one temperature, in float64. */
export function measure(
  view: View,
  choice: CalibrationChoice & { temperature: number },
  context: PassContext,
): Promise<Measured> {
  const { rows, classes, reading, labels } = view;
  const { clip, temperature, bins, convention } = choice;
  return withMeasures(rows, context, async measures => {
    const classwise = reading.scores === "softmax" ? { bins, convention } : null;
    const task: RowTask = { what: "measure", temperature, measures, classwise };
    const parts = await runTask(view, clip, task, context);
    const perClass = classwise && new ClasswiseBins(classes, bins, convention);
    for (const part of parts) perClass?.addParts(part);
    const metrics = await finishSteps(fullMetricsSteps(measures, bins, convention), context);
    const worst = worstRows(measures, labels ?? [], bins, convention);
    return { temperature, metrics, worst, classwise: perClass?.result() ?? null };
  });
}

/**
 * Fits the temperature on the profile and then exactly, and judges it on rows it was not fitted on.
 * @param profiled makes the profile of the same rows, or hands out the one there is
 * @throws FormatError without labels, and "CANCELLED"
 */
export async function calibrate(
  view: View,
  choice: CalibrationChoice,
  profiled: () => Promise<RowProfile>,
  context: PassContext,
): Promise<Calibration> {
  if (!view.labels) {
    throw new FormatError(
      "BAD_ROLE",
      `"${view.source.id}" has no labels; choose a file with them.`,
    );
  }
  const passes = directPasses(view, choice, context);
  const rows = await profiled();
  const fit = await fitByProfile(rows, betas => passes.losses(betas, view.labels!));
  const isJudged = fit.rows >= minRows && fit.verdict === "optimum";
  const heldOut = isJudged ? await holdOut(view, passes, choice, rows) : null;
  const { clip, bins, convention } = choice;
  return { file: view.source.id, choice: { clip, bins, convention }, fit, heldOut };
}

/** On the row profile, whose error is far below what folds differ by, where it covers their T. */
async function holdOut(
  view: View,
  passes: Passes,
  choice: CalibrationChoice,
  rows: RowProfile,
): Promise<HeldOut> {
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
function directPasses(view: View, { clip }: CalibrationChoice, context: PassContext): Passes {
  const { rows, classes } = view;
  return {
    async losses(betas, labels) {
      const found = await runTask(view, clip, { what: "losses", betas }, context, { labels });
      return betas.map((beta, i) => {
        const sums = new LossSums(classes, beta);
        for (const parts of found) sums.addParts(parts.subarray(i * LossSums.partCount));
        return sums.point();
      });
    },
    measure(temperatures) {
      const out = createRowMeasures(rows);
      return withMeasures(rows, context, async measures => {
        for (const temperature of new Set(temperatures)) {
          const task: RowTask = { what: "measure", temperature, measures, classwise: null };
          await runTask(view, clip, task, context);
          takeRowsAt(temperature, temperatures, measures, out);
        }
        return out;
      });
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
