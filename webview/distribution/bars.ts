import type { BarSeries } from "../charts/barChart";
import { classText, count, percent, shorten, temperatureText } from "../format";
import type { RowModel, Series } from "../../src/core";

/** The picture of a row: what its bars show, and what is said of them. */
export interface Bars {
  /** What stays the same at another temperature, and keeps the cursor. */
  readonly row: object;
  /** The present temperature first, then the pinned ones. */
  readonly series: readonly BarSeries[];
  /** The bar to mark, or −1. */
  readonly marked: number;
  readonly axisEnd: number;
  /** The picture in one sentence, for those who don't see it. */
  readonly sentence: string;
  /** The name of each bar, in so many characters. */
  ticks(length: number): string[];
  /** One bar in words. */
  barSentence(at: number): string;
}

/** What bars stand for, one and many. */
export type Nouns = readonly [one: string, many: string];
const classNouns: Nouns = ["class", "classes"];

/** The picture of a row whose classes are all known. */
export function barsOf(
  model: RowModel,
  series: readonly Series[],
  names: readonly string[] | null,
  nouns = classNouns,
): Bars {
  const { row, classes } = model;
  return {
    row,
    series,
    marked: row.label === null ? -1 : classes.indexOf(row.label),
    axisEnd: axisEnd(series),
    sentence: pictureSentence(model, series[0], names, nouns),
    ticks: length => tickTexts(model, names, length),
    barSentence: at => barSentence(model, series, names, at),
  };
}

const labelMark = "✓ label: ";

/**
 * The name of each bar on the axis; the label's class is marked by a word, not by colour alone.
 * Names are cut to fit `length` characters; the table below has all of them.
 */
export function tickTexts(
  model: RowModel,
  names: readonly string[] | null,
  length: number,
): string[] {
  return model.classes.map((k, i) => {
    const isLabel = k === model.row.label;
    const rank = model.ranks[i] > i + 1 ? ` (rank ${count(model.ranks[i])})` : "";
    const name = classText(names, k);
    const room = Math.max(4, length - rank.length - (isLabel ? labelMark.length : 0));
    return `${isLabel ? labelMark : ""}${shorten(name, room)}${rank}`;
  });
}

/**
 * The end of the axis: 1, or the first power of ten above the largest bar where all are tiny. Fixed
 * otherwise, so that bars grow and shrink against a steady frame while the slider moves.
 */
export function axisEnd(series: readonly BarSeries[]): number {
  const largest = Math.max(...series.flatMap(s => s.highs ?? s.probabilities));
  return largest > 0.1 ? 1 : 10 ** Math.ceil(Math.log10(largest));
}

/** Warns of an axis that is stretched; empty where it ends at 100 %. */
export function axisSentence(series: readonly BarSeries[]): string {
  const end = axisEnd(series);
  return end < 1 ? `The axis ends at ${percent(end)}.` : "";
}

/** The picture in one sentence, for those who don't see it. */
export function pictureSentence(
  model: RowModel,
  { probabilities, temperature }: Series,
  names: readonly string[] | null,
  [one, many] = classNouns,
): string {
  const shown = model.classes.map((k, i) => `${classText(names, k)} ${percent(probabilities[i])}`);
  const what = shown.length === 1 ? `likeliest ${one}` : `${shown.length} likeliest ${many}`;
  return `Probabilities of the ${what} at T = ${temperatureText(temperature)}: ${shown.join(", ")}.`;
}

/** One bar in words, for the cursor. */
export function barSentence(
  model: RowModel,
  series: readonly Series[],
  names: readonly string[] | null,
  at: number,
): string {
  const values = series.map(
    s => `${percent(s.probabilities[at])} at T = ${temperatureText(s.temperature)}`,
  );
  const label = model.classes[at] === model.row.label ? ", the label" : "";
  const name = classText(names, model.classes[at]);
  return `Rank ${model.ranks[at]}, ${name}${label}: ${values.join("; ")}.`;
}

/** What the bars leave out: "other 987 classes: 3.2 %"; empty where they leave out none. */
export function restSentence(
  model: RowModel,
  { rest, temperature }: Series,
  [one, many] = classNouns,
): string {
  const others = model.row.logits.length - model.classes.length;
  if (others === 0) return "";
  const noun = others === 1 ? one : many;
  return `Other ${count(others)} ${noun}: ${percent(rest)} at T = ${temperatureText(temperature)}.`;
}
