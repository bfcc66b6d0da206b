import type { CalibrationChoice } from "./calibration";
import { check, fields } from "./checks";

/** What a person chose about calibration, as it crossed a boundary. */
export function readCalibrationChoice(value: unknown): CalibrationChoice {
  const { clip, bins, convention } = fields(value);
  return {
    clip: readClip(clip),
    bins: check(
      Number.isInteger(bins) && (bins as number) >= 1 && (bins as number) <= 1000,
      bins,
      "bins",
    ),
    convention: check(
      convention === "[lo, hi)" || convention === "(lo, hi]",
      convention,
      "convention",
    ),
  };
}

/** A floor for probabilities, in (0, 1), or none. */
function readClip(value: unknown): number | null {
  if (value === null) return null;
  return check(typeof value === "number" && value > 0 && value < 1, value, "clip");
}
