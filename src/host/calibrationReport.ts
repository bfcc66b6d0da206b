import { debiasedBins, type FullMetrics } from "../core";
import type { Calibration, CalibrationChoice, Measured } from "../protocol/calibration";
import type { DumpInfo } from "../protocol/dumpInfo";

/** The rows of the table: what each is called, and where its number is. */
function metricsOf({
  bins,
  convention,
}: CalibrationChoice): readonly (readonly [
  string,
  (metrics: FullMetrics, measured: Measured) => number,
])[] {
  const edges = `${bins} bins ${convention}`;
  return [
    ["Accuracy", m => m.accuracy],
    ["Top-5 accuracy", m => m.top5],
    ["NLL (nats)", m => m.nll],
    [`ECE (${edges})`, m => m.ece],
    ["ECE, 95 % interval, low end (bootstrap, pivotal)", m => m.eceInterval.low],
    ["ECE, 95 % interval, high end", m => m.eceInterval.high],
    ["ECE of a perfectly calibrated model of this size, mean", m => m.eceIfCalibrated.mean],
    [`ECE (${bins} bins of equal mass)`, m => m.equalMassEce],
    [`ECE (classwise, ${edges})`, (_, { classwise }) => classwise?.ece ?? NaN],
    [`MCE (${edges})`, m => m.mce],
    [`RMSCE (${edges})`, m => m.rmsce],
    ["smECE", m => m.smoothEce],
    [`Debiased L2 (${debiasedBins} bins of equal mass)`, m => m.debiasedL2],
    ["Brier (sum over classes)", m => m.brier],
    ["Mean confidence", m => m.confidence],
    ["Entropy (nats)", m => m.entropy],
    ["AUROC of confidence against correctness", m => m.auroc],
    ["AURC", m => m.riskCoverage.aurc],
  ];
}

/**
 * A calibration as Markdown: what was read, what was found, by which conventions.
 * @param columns measures at T = 1 first, then at other temperatures
 */
export function calibrationReport(
  info: DumpInfo,
  { file, fit, heldOut }: Calibration,
  choice: CalibrationChoice,
  columns: readonly Measured[],
): string {
  const { reading, shape, dtype } = info;
  const [first] = columns;
  const lines = [
    `# Calibration of ${code(info.file)}`,
    "",
    `- Logits: ${code(reading.logits)}, ${shape.join(" × ")} ${dtype}, read as ${reading.kind}`,
    `- Labels: ${code(reading.labels ?? "none")}`,
    `- Rows used: ${first.metrics.used} of ${first.metrics.rows}; ${first.metrics.unlabelled} without a label, ` +
      `${first.metrics.unusable} left out (NaN, +∞ or all masked)`,
    `- True classes at probability 0: ${first.metrics.trueClassZeros}`,
    `- Probabilities ${choice.clip === null ? "not clipped" : `clipped at ${choice.clip}`}`,
    "",
    "## NLL-optimal temperature",
    "",
    fit.sentence,
    "",
    `- Fitted on ${code(file)}: T = ${fit.T}, 95 % interval ${fit.low} to ${fit.high}`,
    `- |dNLL/d ln T| there: at most ${fit.gradient}`,
    `- NLL at 1: ${first.metrics.nll}; at T: ${fit.nll}; temperature can mend ${first.metrics.nll - fit.nll}`,
    ...(heldOut
      ? [`- On rows not fitted on (${heldOut.folds} folds): NLL ${heldOut.nll}, ECE ${heldOut.ece}`]
      : []),
    "",
    "## Metrics",
    "",
    `| | ${columns.map(column => `T = ${column.temperature}`).join(" | ")} |`,
    `|---|${columns.map(() => "---|").join("")}`,
    ...metricsOf(choice).map(
      ([name, of]) =>
        `| ${name} | ${columns.map(column => String(of(column.metrics, column))).join(" | ")} |`,
    ),
    "",
    "Temperature never changes an answer, and carries no knowledge to data unlike those it was fitted on.",
    "",
  ];
  return lines.join("\n");
}

/** A name from a file as code, so that nothing in it is markup. */
function code(text: string): string {
  const fence = "`".repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length)));
  return `${fence}${text.replace(/\s/g, " ")}${fence}`;
}
