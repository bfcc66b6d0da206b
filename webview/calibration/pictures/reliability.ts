import type { ChartDataset } from "chart.js";
import { color } from "chart.js/helpers";
import type { BinConvention, ReliabilityBin } from "../../../src/core";
import { fillOf } from "../../charts/fills";
import { lineOf, type PlotDataset } from "../../charts/plot";
import { count, figure, percent, temperatureText } from "../../format";
import type { Theme } from "../../theme";
import type { Reading } from "../desk";
import { unitTick, unitTicks, type Picture } from "./picture";

/** The ends of a bin as they belong to it: "[0.2, 0.267)". */
export function binText({ lo, hi }: ReliabilityBin, convention: BinConvention): string {
  const [low, high] = [lo, hi].map(end => Number(end.toFixed(3)));
  if (convention === "[lo, hi)") return `[${low}, ${high}${hi >= 1 ? "]" : ")"}`;
  return `${lo <= 0 ? "[" : "("}${low}, ${high}]`;
}

/** Accuracy by confidence: honest bars end on the diagonal. */
export function reliabilityPicture(reading: Reading, atOne: Reading | null): Picture {
  const { temperature, metrics } = reading;
  const { bins, convention } = metrics;
  const T = temperatureText(temperature);
  const filled = bins.filter(bin => bin.count > 0);
  return {
    heading: `Reliability at T = ${T}`,
    slug: `reliability-T${T}`,
    plot: {
      label:
        `Reliability diagram at T = ${T}, ${bins.length} bins ${convention}. ` +
        `ECE ${figure(metrics.ece)}, mean confidence ${percent(metrics.confidence)}, ` +
        `accuracy ${percent(metrics.accuracy)}.`,
      x: { title: "Confidence", min: 0, max: 1, ticks: unitTicks, tick: unitTick },
      y: { title: "Accuracy", min: 0, max: 1, ticks: unitTicks, tick: unitTick },
      datasets: theme => datasetsOf(theme, reading, temperature === 1 ? null : atOne),
      places: bins.map(bin => ({ x: middle(bin), text: binSentence(bin, convention) })),
      whiskers: filled.map(bin => ({
        x: middle(bin),
        low: bin.wilsonLow,
        high: bin.wilsonHigh,
      })),
      above: filled.map(bin => ({ x: middle(bin), text: shortCount(bin.count) })),
    },
    table: {
      caption: "Reliability bins",
      columns: ["Bin", "Count", "Confidence", "Accuracy", "Gap", "Wilson low", "Wilson high"],
      rows: bins.map(bin => [
        binText(bin, convention),
        bin.count,
        bin.confidence,
        bin.accuracy,
        bin.gap,
        bin.wilsonLow,
        bin.wilsonHigh,
      ]),
    },
  };
}

/** One bin in words. */
export function binSentence(bin: ReliabilityBin, convention: BinConvention): string {
  const name = `Bin ${binText(bin, convention)}`;
  if (bin.count === 0) return `${name}: no row.`;
  const verdict = bin.gap < 0 ? "too sure" : "not sure enough";
  return (
    `${name}: ${bin.count === 1 ? "1 row" : `${count(bin.count)} rows`}, ` +
    `confidence ${percent(bin.confidence)}, ` +
    `accuracy ${percent(bin.accuracy)} (${percent(bin.wilsonLow)} to ${percent(bin.wilsonHigh)}), ` +
    `${verdict} by ${figure(Math.abs(bin.gap))}.`
  );
}

/** Each bin as a flat piece of a line, with nothing where it is empty: an outline of bars. */
export function outline(bins: readonly ReliabilityBin[], value: (bin: ReliabilityBin) => number) {
  return bins.flatMap(bin => [
    { x: bin.lo, y: value(bin) },
    { x: bin.hi, y: value(bin) },
  ]);
}

function datasetsOf(
  theme: Theme,
  { metrics, temperature }: Reading,
  atOne: Reading | null,
): PlotDataset[] {
  const accuracy = (bin: ReliabilityBin) => bin.accuracy;
  const diagonal = [
    { x: 0, y: 0 },
    { x: 1, y: 1 },
  ];
  return [
    ...(atOne ? [lineOf(theme, 1, "T = 1", outline(atOne.metrics.bins, accuracy))] : []),
    { ...lineOf(theme, 0, "Honest", diagonal), borderColor: theme.muted, borderWidth: 1 },
    gaps(theme, metrics.bins),
    bars(theme, `Accuracy at T = ${temperatureText(temperature)}`, metrics.bins, accuracy),
  ];
}

/** Bars that touch each other, as bins do. */
export function bars(
  theme: Theme,
  label: string,
  bins: readonly ReliabilityBin[],
  value: (bin: ReliabilityBin) => number,
): ChartDataset<"bar"> {
  const data = bins.map(bin => ({ x: middle(bin), y: value(bin) }));
  return {
    type: "bar",
    label,
    data: data as never, // Chart.js takes points here, its types don't say so
    backgroundColor: theme.contrastBorder
      ? theme.background
      : color(theme.series[0]).alpha(0.75).rgbString(),
    borderColor: theme.contrastBorder || theme.background,
    borderWidth: 1,
    borderSkipped: false,
    grouped: false,
    barPercentage: 1,
    categoryPercentage: 1,
    pointStyle: "rect",
  };
}

/** From the accuracy to the confidence, hatched over the bars. */
function gaps(theme: Theme, bins: readonly ReliabilityBin[]): ChartDataset<"bar"> {
  const fill = theme.contrastBorder
    ? fillOf(theme, 1)
    : color(theme.series[3]).alpha(0.4).rgbString();
  const data = bins.map(bin => ({ x: middle(bin), y: [bin.accuracy, bin.confidence] }));
  return {
    ...bars(theme, "Gap to the confidence", bins, bin => bin.accuracy),
    data: data as never,
    backgroundColor: fill,
    borderColor: theme.contrastBorder || theme.series[3],
    borderWidth: 1,
  };
}

export function middle({ lo, hi }: ReliabilityBin): number {
  return (lo + hi) / 2;
}

/** A count in few characters: 9,512 as it is, 12,300 as 12k. */
function shortCount(n: number): string {
  if (n < 10_000) return count(n);
  return n < 1e6 ? `${Math.round(n / 1e3)}k` : `${Number((n / 1e6).toPrecision(2))}M`;
}
