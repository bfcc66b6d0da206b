import type { CalibrationChoice } from "../protocol/calibration";
import { calibrationReport } from "./calibrationReport";
import { nameOf } from "./fileRefs";
import type { LogitDocument } from "./logitDocument";
import { withLateProgress } from "./progress";
import { saveFile } from "./saveFile";

/**
 * Measures the dump exactly at T = 1, at the present and at the fitted temperature, and asks where
 * to save that as a report.
 * @returns false when the person changed their mind
 * @throws Error in a sentence without labels
 */
export async function exportReport(
  document: LogitDocument,
  choice: CalibrationChoice,
): Promise<boolean> {
  const info = document.dump;
  if (!info?.hasLabels) throw new Error("A report needs labels; choose a file with them.");
  const text = await withLateProgress(`Measuring ${info.file}`, async options => {
    const { calibration: known } = document;
    // The report compares the fit with measures by the same choice.
    const fits = known?.heldOut !== undefined && known.choice.clip === choice.clip;
    const calibration = fits ? known : await document.calibrate(choice, options);
    const temperatures = [1, document.temperature, calibration.fit.T];
    const columns = [];
    for (const temperature of new Set(temperatures.filter(T => !Number.isNaN(T)))) {
      columns.push(await document.ask("measure", { ...choice, temperature }, options));
    }
    return calibrationReport(info, calibration, choice, columns);
  });
  const name = `${nameOf(document.uri).replace(/\.[^.]*$/, "")}_calibration.md`;
  return saveFile(document.uri, name, new TextEncoder().encode(text));
}
