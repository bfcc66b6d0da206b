import {
  ClasswiseBins,
  createRowProfile,
  fullMetricsSteps,
  rowState,
  sampleOf,
  softmax,
  worstRows,
  type RowProfile,
} from "../core";
import { readLogits, type View } from "../dump/view";
import type { CalibrationChoice, Measured } from "../protocol/calibration";
import type { CallContext } from "../protocol/channel";
import { withMeasures } from "./measuresRoom";
import { memoryFor, runTask, type PassContext } from "./rowPass";
import type { RowTask } from "./rowTask";
import { finishSteps } from "./steps";

/**
 * Rows that are profiled at most: of more, so many spread evenly, as each takes 341 bytes here, in
 * the host and in the view. A mean over them is within 0.3 % of a standard deviation of that over
 * all.
 */
const maxProfileRows = 1 << 17;

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
