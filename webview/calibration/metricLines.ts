import { debiasedBins } from "../../src/core";
import { figure } from "../format";
import type { Reading } from "./desk";

/** One figure of the table; null while it is not known, NaN where there is none. */
export interface Cell {
  readonly value: number | null;
  readonly text: string;
}

/** One line of "Calibration metrics": a metric, or what is to be known beside the one above it. */
export interface MetricLine {
  readonly name: string;
  readonly hint: string;
  readonly isBeside: boolean;
  readonly cells: readonly Cell[];
}

/** What a line shows of a reading: a number, or one with a text of its own; null if unknown. */
type Show = (reading: Reading) => number | Cell | null;

/** The lines of the table, a cell for each column; a column without a reading is still unknown. */
export function metricLines(columns: readonly (Reading | null)[]): MetricLine[] {
  const known = columns.find(reading => reading !== null);
  const bins = known?.metrics.bins.length ?? 0;
  const convention = known?.metrics.convention ?? "";
  const line = (name: string, hint: string, show: Show, isBeside = false): MetricLine => ({
    name,
    hint,
    isBeside,
    cells: columns.map(reading => cellOf(reading && show(reading))),
  });
  const beside = (name: string, hint: string, show: Show) => line(name, hint, show, true);
  return [
    line("Accuracy", "The part of rows whose arg max is the label", r => r.metrics.accuracy),
    line("Top-5 accuracy", "The label is among the five likeliest classes", r => r.metrics.top5),
    line("NLL", "Mean of −ln p of the label, in nats", r => r.metrics.nll),
    line("ECE", "Σ (n_b/N)·|accuracy − confidence| over bins", r => r.metrics.ece),
    beside(
      `${bins} bins, ${convention}; 95 % interval`,
      "Of the ECE, by bootstrap in its pivotal form; its lower end can fall below 0",
      r => r.full && { value: r.full.eceInterval.low, text: intervalText(r.full.eceInterval) },
    ),
    beside(
      "if perfectly calibrated",
      "The ECE that a perfectly calibrated model of this size would show, and what it would stay below 95 times in 100",
      ({ full }) =>
        full && {
          value: full.eceIfCalibrated.mean,
          text: `${short(full.eceIfCalibrated.mean)} (< ${short(full.eceIfCalibrated.quantile95)})`,
        },
    ),
    line("MCE", "The largest gap of a bin", r => r.metrics.mce),
    line("RMSCE", "The root of the mean squared gap", r => r.metrics.rmsce),
    line("Brier", "Mean of Σ (p − y)² over the classes", r => r.metrics.brier),
    line(
      "smECE",
      "Smoothed, without bins (Błasiok & Nakkiran 2023)",
      r => r.full && r.full.smoothEce,
    ),
    line("Mean confidence", "Mean of the largest probability", r => r.metrics.confidence),
    line("Entropy", "Mean of −Σ p ln p, in nats", r => r.metrics.entropy),
    line("ECE (equal mass)", `${bins} bins of equal mass`, r => r.full && r.full.equalMassEce),
    line(
      "ECE (classwise)",
      `Mean over the classes, in ${bins} bins, ${convention}`,
      r => r.full && (r.classwise?.ece ?? NaN),
    ),
    line(
      "Debiased L2",
      `${debiasedBins} bins of equal mass (Kumar 2019)`,
      r => r.full && r.full.debiasedL2,
    ),
    line("AUROC", "Of confidence against being right", r => r.full && r.full.auroc),
    line("AURC", "Area under the risk–coverage curve", r => r.full && r.full.riskCoverage.aurc),
  ];
}

/** What the top-label Brier score is made of: BS = REL − RES + UNC + WBV − 2·WBC. */
export function brierLines(columns: readonly (Reading | null)[]): MetricLine[] {
  const parts = [
    ["Top-label Brier", "score", "Mean of (confidence − right)²"],
    ["Reliability", "reliability", "REL: squared gaps of the bins; 0 is honest"],
    ["Resolution", "resolution", "RES: how far the bins' accuracies lie apart; more is better"],
    ["Uncertainty", "uncertainty", "UNC: the variance of being right"],
    ["Within-bin variance", "variance", "WBV: of the confidence"],
    ["Within-bin covariance", "covariance", "WBC: of confidence and being right"],
  ] as const;
  return parts.map(([name, key, hint]) => ({
    name,
    hint,
    isBeside: false,
    cells: columns.map(reading => cellOf(reading?.full && reading.full.brierParts[key])),
  }));
}

function cellOf(shown: number | Cell | null | undefined): Cell {
  if (shown === null || shown === undefined) return { value: null, text: "…" };
  if (typeof shown !== "number") return shown;
  return { value: shown, text: Number.isNaN(shown) ? "none" : figure(shown) };
}

function intervalText({ low, high }: { low: number; high: number }): string {
  return `${short(low)} to ${short(high)}`;
}

/** Three digits are all that draws can tell. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
