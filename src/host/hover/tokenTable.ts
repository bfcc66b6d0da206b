import {
  entropyIn,
  figure,
  grouped,
  partialEntropy,
  partialReasons,
  partialSentence,
  partialSeriesAt,
  percentRange,
  rangeAt,
  temperatureText,
  type PartialModel,
} from "../../core";
import type { Settings } from "../../protocol/settings";
import { escaped, table } from "./markdown";

/** How a token is shown, and what is known of its text. */
export interface TokenView extends Pick<Settings, "entropyUnit"> {
  readonly temperature: number;
  /** The token's text, and those of the alternatives. */
  readonly text: string;
  readonly names: readonly string[];
  readonly index: number | null;
  readonly perplexity: number | null;
}

/** A token of an answer in Markdown: its listed alternatives and all others as one, marked as partial. */
export function tokenTable(model: PartialModel, view: TokenView): string {
  const parts = [titleOf(model, view)];
  if (model.state !== "usable") return [...parts, partialReasons[model.state]].join("\n\n");
  const { temperature, names } = view;
  const series = partialSeriesAt(model, temperature);
  const rangeText = (at: number) => {
    const { low, high } = rangeAt(series, at);
    return percentRange(low, high);
  };
  const lines = model.shown.map((k, at) => {
    const isSampled = k === model.sampled;
    const name = isSampled ? `${nameOf(names[k])} ✓ sampled` : nameOf(names[k]);
    const cells = [name, rangeText(at), figure(model.logprobs[k])];
    return isSampled ? cells.map(cell => `**${cell}**`) : cells;
  });
  lines.push(["*all other tokens*", rangeText(model.shown.length), ""]);
  const head = ["Token", `p at T = ${temperatureText(temperature)}`, "ln p at T = 1"];
  return [
    ...parts,
    table(head, [false, true, true], lines),
    summary(model, view),
    `Partial: ${partialSentence(model, temperature)}`,
  ].join("\n\n");
}

/** "**Hello** · token 3 of its text (from 0) · 5 of an unknown vocabulary listed" */
function titleOf({ logprobs }: PartialModel, { text, index }: TokenView): string {
  return [
    `**${nameOf(text)}**`,
    ...(index === null ? [] : [`token ${grouped(index)} of its text (from 0)`]),
    `${grouped(logprobs.length)} of an unknown vocabulary listed`,
  ].join(" · ");
}

function summary({ known }: PartialModel, { perplexity, entropyUnit }: TokenView): string {
  const { low } = partialEntropy({ ...known, vocabulary: Infinity });
  return [
    ...(perplexity === null ? [] : [`perplexity so far ${figure(perplexity)}`]),
    `entropy at T = 1 ≥ ${figure(entropyIn(entropyUnit, low))} ${entropyUnit}`,
  ].join(" · ");
}

function nameOf(text: string): string {
  return text === "" ? '""' : escaped(text);
}
