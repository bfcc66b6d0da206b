import {
  positionToTemperature,
  type ProfileEvaluator,
  type RowSample,
  type Steps,
} from "../../src/core";
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
  choice: CalibrationChoice,
  signal: AbortSignal,
): Promise<Curves | null> {
  const steps = curveSteps(evaluator, sample, choice);
  let start = performance.now();
  while (!signal.aborted) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - start > sliceMs) {
      await new Promise(resolve => setTimeout(resolve));
      start = performance.now();
    }
  }
  return null;
}

function* curveSteps(
  evaluator: ProfileEvaluator,
  sample: RowSample,
  { bins, convention }: CalibrationChoice,
): Steps<Curves> {
  yield* evaluator.prepare();
  const temperatures = Array.from({ length: points }, (_, i) =>
    positionToTemperature(i / (points - 1)),
  );
  const nll: number[] = [];
  const ece: number[] = [];
  for (const T of temperatures) {
    const metrics = evaluator.metrics(T, bins, convention);
    nll.push(metrics.nll);
    ece.push(metrics.ece);
    yield;
  }
  return { temperatures, nll, ece, sample };
}
