import {
  entropyIn,
  partialEntropy,
  perplexity,
  rangeAt,
  type EntropyUnit,
  type PartialModel,
  type PartialSeries,
  type Range,
} from "../../src/core";
import type { PartialInfo } from "../../src/protocol/dumpInfo";
import { axisEnd, type Bars } from "../distribution/bars";
import type { SummaryLine } from "../distribution/summary";
import { count, figure, percentRange, shorten, temperatureText } from "../format";
import { textAt } from "./textAt";

const sampledMark = "✓ sampled: ";

/** A token as text that shows its blanks: `" Hi"`, `"\n"`. */
export function tokenText(text: string): string {
  return JSON.stringify(text);
}

/** The picture of a row that lists some of its classes. */
export function partialBars(
  model: PartialModel,
  series: readonly PartialSeries[],
  names: readonly string[],
): Bars {
  const { shown, sampled } = model;
  const [present] = series;
  const nameAt = (at: number) => barName(model, names, at);
  const inWords = (s: PartialSeries, at: number) => {
    const { low, high } = rangeAt(s, at);
    return percentRange(low, high);
  };
  const bars = present.probabilities.map((_, at) => at);
  return {
    row: model,
    series,
    marked: shown.indexOf(sampled),
    axisEnd: axisEnd(series),
    sentence:
      `Probabilities of ${count(shown.length)} listed tokens and of all others at ` +
      `T = ${temperatureText(present.temperature)}: ` +
      `${bars.map(at => `${nameAt(at)} ${inWords(present, at)}`).join(", ")}.`,
    ticks: length => bars.map(at => shorten(nameAt(at), length)),
    barSentence: at => {
      const each = series.map(s => `${inWords(s, at)} at T = ${temperatureText(s.temperature)}`);
      return `${nameAt(at)}: ${each.join("; ")}.`;
    },
  };
}

/** What a bar stands for; the last one is for all tokens without a bar. */
function barName({ shown, sampled }: PartialModel, names: readonly string[], at: number): string {
  if (at === shown.length) return "all other tokens";
  const mark = shown[at] === sampled ? sampledMark : "";
  return `${mark}${tokenText(names[shown[at]])}`;
}

/** What is known of a row, and of the text so far. */
export function partialLines(
  model: PartialModel,
  row: number,
  info: PartialInfo,
  rows: number,
  vocabulary: number,
  unit: EntropyUnit,
): SummaryLine[] {
  const { covered, known } = model;
  const listed = model.logprobs.length;
  const text = textAt(info, row, rows);
  const own = info.logprobs[row];
  const line = (name: string, value: number, hint: string, end = ""): SummaryLine[] =>
    Number.isNaN(value) ? [] : [{ name, value, text: `${figure(value)}${end}`, hint }];
  const isUsable = model.state === "usable";
  const entropy = isUsable ? partialEntropy({ ...known, vocabulary }) : null;
  const rest = isUsable ? Math.max(0, 1 - covered) : NaN;
  return [
    { name: "Listed tokens", value: listed, text: count(listed) },
    ...line("Covered mass", covered || NaN, "Σ p of the listed tokens, at T = 1"),
    ...line("Remainder", rest, "What all other tokens share, at T = 1"),
    ...(entropy ? [entropyLine(entropy, unit)] : []),
    ...line("Surprise", entropyIn(unit, -own), "−ln p of the sampled token, at T = 1", ` ${unit}`),
    ...line(
      "Perplexity so far",
      perplexity(info.logprobs, text.start, row + 1),
      "exp of the mean −ln p of the text's tokens up to this one, at T = 1",
    ),
    ...line(
      "Text perplexity",
      perplexity(info.logprobs, text.start, text.end),
      "exp of the mean −ln p of all its tokens, at T = 1",
    ),
  ];
}

function entropyLine({ low, high }: Range, unit: EntropyUnit): SummaryLine {
  const [least, most] = [entropyIn(unit, low), entropyIn(unit, high)];
  const text =
    high < Infinity ? `${figure(least)} – ${figure(most)} ${unit}` : `≥ ${figure(least)} ${unit}`;
  const hint = "At T = 1; how the other tokens share the remainder is unknown, so this is a bound";
  return { name: "Entropy at T = 1", value: least, text, hint };
}
