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
  type Losses,
  type LossPoint,
  type Passes,
  sampleOf,
  takeRowsAt,
  worstRows,
  type RowProfile,
  type TemperatureFit,
} from "../core";
import { readLogits, type View } from "../dump/view";
import { FormatError } from "../formats/errors";
import type { CalibrationChoice, HeldOut, Measured } from "../protocol/calibration";
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

/** Rows that say well enough where to look for the temperature of all: within 2 % of it as a rule. */
const startRows = 1 << 12;

/**
 * What every metric at any temperature follows from, by one pass.
 * @param mostRows of more, so many spread evenly are taken
 */
export async function profile(
  view: View,
  clip: number | null,
  context: PassContext,
  mostRows = maxProfileRows,
): Promise<RowProfile> {
  const sample = sampleOf(view.rows, mostRows);
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
 * Fits the temperature exactly.
 * @param profiled the profile of the same rows, if it is there: else one of few rows will do
 * @throws FormatError without labels, and "CANCELLED"
 */
export async function fit(
  view: View,
  clip: number | null,
  profiled: RowProfile | undefined,
  context: PassContext,
): Promise<TemperatureFit> {
  const labels = requireLabels(view);
  const start = profiled ?? (await profile(view, clip, context, startRows));
  const losses =
    (precision: "moments" | "double"): Losses =>
    betas =>
      lossesOf(view, clip, betas, labels, precision, context);
  return fitByProfile(start, { exact: losses("double"), fast: losses("moments") });
}

/**
 * Judges a fit on rows that it was not made on: on the row profile, whose error is far below what
 * folds differ by, where it covers their temperatures.
 * @param profiled makes the profile of the same rows, or hands out the one there is
 * @returns null where there are too few rows to hold any out, or nothing was fitted
 * @throws FormatError without labels, and "CANCELLED"
 */
export async function holdOut(
  view: View,
  choice: CalibrationChoice,
  { rows, verdict }: TemperatureFit,
  profiled: () => Promise<RowProfile>,
  context: PassContext,
): Promise<HeldOut | null> {
  const labels = requireLabels(view);
  if (rows < minRows || verdict !== "optimum") return null;
  const passes = directPasses(view, choice.clip, context);
  const { measures, fits } =
    (await crossValidateProfile(await profiled(), folds)) ??
    (await crossValidate(passes, labels, folds));
  return {
    folds,
    temperatures: fits.map(fit => fit.T),
    nll: summarise(measures).nll,
    ece: calibrationError(equalWidthBins(measures, choice.bins, choice.convention)).ece,
  };
}

function requireLabels({ labels, source }: View): Int32Array {
  if (labels) return labels;
  throw new FormatError("BAD_ROLE", `"${source.id}" has no labels; choose a file with them.`);
}

/** Loss and measures by passes over all rows. */
function directPasses(view: View, clip: number | null, context: PassContext): Passes {
  const { rows } = view;
  return {
    losses: (betas, labels) => lossesOf(view, clip, betas, labels, "double", context),
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

async function lossesOf(
  view: View,
  clip: number | null,
  betas: readonly number[],
  labels: Int32Array,
  precision: "moments" | "double",
  context: PassContext,
): Promise<LossPoint[]> {
  const task: RowTask = { what: "losses", betas, precision };
  const found = await runTask(view, clip, task, context, { labels });
  return betas.map((beta, i) => {
    const sums = new LossSums(view.classes, beta);
    for (const parts of found) sums.addParts(parts.subarray(i * LossSums.partCount));
    return sums.point();
  });
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
