import type { Cancellation, Steps } from "../core";
import { FormatError } from "../formats/errors";

/** How long work goes on before it looks for messages, in milliseconds. */
const breathEvery = 20;

/**
 * Does all steps, and lets messages in between them.
 * @throws FormatError "CANCELLED" once the call is cancelled
 */
export async function finishSteps<T>(
  steps: Steps<T>,
  { signal }: { signal: Cancellation },
): Promise<T> {
  let last = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (performance.now() - last > breathEvery) {
      await new Promise(resolve => setTimeout(resolve, 0));
      last = performance.now();
    }
    if (signal.aborted) throw new FormatError("CANCELLED", "Cancelled.");
  }
}
