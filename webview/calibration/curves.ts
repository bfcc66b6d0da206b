import { positionToTemperature, type ProfileEvaluator, type RowSample } from "../../src/core";
import type { CalibrationChoice } from "../../src/protocol/calibration";

/** NLL and ECE over the slider's temperatures. */
export interface Curves {
  readonly temperatures: readonly number[];
  readonly nll: readonly number[];
  readonly ece: readonly number[];
  /** The rows that they are made of. */
  readonly sample: RowSample;
}

/** Points of a curve; odd, so that T = 1 is one of them. */
const points = 257;

/** Work after which others get their turn, so that a drag stays smooth. */
const sliceMs = 8;

/**
 * The curves, from the row profile, in slices.
 * @returns null if it was aborted on the way
 */
export async function curvesOf(
  evaluator: ProfileEvaluator,
  sample: RowSample,
  { bins, convention }: CalibrationChoice,
  signal: AbortSignal,
): Promise<Curves | null> {
  const curves = {
    temperatures: [] as number[],
    nll: [] as number[],
    ece: [] as number[],
    sample,
  };
  let start = performance.now();
  for (let i = 0; i < points; i++) {
    if (performance.now() - start > sliceMs) {
      await new Promise(resolve => setTimeout(resolve));
      start = performance.now();
    }
    if (signal.aborted) return null;
    const T = positionToTemperature(i / (points - 1));
    const { nll, ece } = evaluator.metrics(T, bins, convention);
    curves.temperatures.push(T);
    curves.nll.push(nll);
    curves.ece.push(ece);
  }
  return curves;
}
