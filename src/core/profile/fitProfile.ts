import { crossValidate, type CrossValidation } from "../calibration/crossValidation";
import { fitTemperature, polishFit, type TemperatureFit } from "../calibration/fit";
import type { AllLosses, LossPoint, Losses } from "../calibration/lossSums";
import { createRowMeasures, takeRowsAt, type RowMeasures } from "../calibration/rowMeasures";
import { lowestNear, shiftLosses } from "../calibration/shiftLosses";
import { maxTemperature, minTemperature } from "../temperatureScale";
import { evaluateRows } from "./evaluateRows";
import { lossPoint } from "./lossPoint";
import { covers, type RowProfile } from "./rowProfile";

/**
 * Fits T on a profile, without a pass over the logits.
 * @returns undefined where the lowest NLL is beyond the temperatures that profiles cover, so that
 *   the fit has to be made on the logits
 */
export async function fitProfile(profile: RowProfile): Promise<TemperatureFit | undefined> {
  const fit = await fitTemperature(lossesOf(profile));
  return fit.verdict !== "optimum" || covers(fit.T) ? fit : undefined;
}

/**
 * Fits T as `fitTemperature` does, with one evaluation of the exact loss as a rule where there is an
 * optimum. Where the profile is of a sample, the fast losses of all rows are evaluated once before.
 * @param all the losses of all rows; what they throw ends the fit
 */
export async function fitByProfile(profile: RowProfile, all: AllLosses): Promise<TemperatureFit> {
  const isWhole = profile.rows === profile.population;
  const near = await fitProfile(profile);
  if (near?.verdict !== "optimum") {
    // Profiles are exact in the limits, which alone decide other verdicts; but a sample is not all.
    return near && isWhole ? near : fitTemperature(all.exact);
  }
  const losses = lossesOf(profile);
  if (isWhole) return polishFit(near.T, losses, all.exact);
  const shifted = await shiftLosses(losses, all.fast, 1 / near.T);
  return polishFit(await lowestNear(near.T, shifted), shifted, all.exact);
}

/**
 * Temperature scaling judged on rows that it was not fitted on, without a pass over the logits.
 * @returns undefined where a fold's temperature is beyond those that profiles cover
 */
export async function crossValidateProfile(
  profile: RowProfile,
  folds: number,
  seed = 1,
): Promise<CrossValidation | undefined> {
  const passes = {
    losses: (betas: readonly number[], label: Int32Array) => lossesOf({ ...profile, label })(betas),
    measure: async (temperatures: Float64Array) => measureEach(profile, temperatures),
  };
  try {
    return await crossValidate(passes, profile.label, folds, seed);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // a temperature that is not covered
    throw error;
  }
}

/** The measures of all rows, each at its own temperature, of which there are few. */
function measureEach(profile: RowProfile, temperatures: Float64Array): RowMeasures {
  const { rows } = profile;
  const out = createRowMeasures(rows);
  const all = createRowMeasures(rows);
  for (const T of new Set(temperatures)) {
    evaluateRows(profile, T, all);
    takeRowsAt(T, temperatures, all, out);
  }
  return out;
}

function lossesOf(profile: RowProfile): Losses {
  return async betas => betas.map(beta => continuedLoss(profile, beta));
}

/**
 * The loss where it is covered and in the limits. Beyond the ends the slope is bent, still rising,
 * to its exact limit: it is 0 there if and only if that of the logits is. So a search may pass
 * through, and ends there only if the optimum is there.
 */
function continuedLoss(profile: RowProfile, beta: number): LossPoint {
  if (beta === 0 || beta === Infinity || covers(1 / beta)) return lossPoint(profile, beta);
  if (1 / beta > maxTemperature) {
    const end = 1 / maxTemperature;
    const point = lossPoint(profile, end);
    const { g } = lossPoint(profile, 0);
    const h = (point.g - g) / end;
    return { ...point, g: g + h * beta, h };
  }
  const end = 1 / minTemperature;
  const point = lossPoint(profile, end);
  const rest = (point.shortfall - point.g) * (end / beta);
  return { ...point, g: point.shortfall - rest, h: rest / beta };
}
