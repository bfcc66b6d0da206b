import {
  calibrationError,
  createRowMeasures,
  crossValidate,
  crossValidateProfile,
  equalWidthBins,
  fitByProfile,
  LossSums,
  summarise,
  takeRowsAt,
  type Losses,
  type LossPoint,
  type Passes,
  type RowProfile,
  type TemperatureFit,
} from "../core";
import type { View } from "../dump/view";
import { FormatError } from "../formats/errors";
import type { CalibrationChoice, HeldOut } from "../protocol/calibration";
import { profile } from "./calibrationPasses";
import { withMeasures } from "./measuresRoom";
import { rangeForLanes, runTask, type PassContext } from "./rowPass";
import type { LossPrecision, RowTask } from "./rowTask";

/** Parts that rows are dealt into, to fit on all but one and report on that one. */
const folds = 5;

/** Fewer rows than this can't be dealt out and still say anything. */
const minRows = 20 * folds;

/**
 * The profile to start a fit on: of some rows where these can be read for themselves, as going over
 * all is what takes time elsewhere.
 * @param profiled makes the profile of all rows
 * @throws FormatError without labels, and "CANCELLED"
 */
export async function startProfile(
  view: View,
  clip: number | null,
  profiled: () => Promise<RowProfile>,
  context: PassContext,
): Promise<RowProfile> {
  requireLabels(view);
  const isNear = rangeForLanes(view, clip, context) !== undefined;
  return isNear ? profile(view, clip, context, startRows(view.rows)) : profiled();
}

/**
 * How many of so many rows say where to look for the temperature of all, within some percent of it:
 * a twelfth, whose profile takes less time than a pass, but within limits.
 */
function startRows(rows: number): number {
  return Math.max(1 << 10, Math.min(1 << 12, Math.ceil(rows / 12)));
}

/**
 * Fits the temperature exactly.
 * @param start the profile of the same rows, or of some of them
 * @throws FormatError without labels, and "CANCELLED"
 */
export async function fit(
  view: View,
  clip: number | null,
  start: RowProfile,
  context: PassContext,
): Promise<TemperatureFit> {
  const labels = requireLabels(view);
  const losses =
    (precision: LossPrecision): Losses =>
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
  precision: LossPrecision,
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
