import * as vscode from "vscode";
import { modelPartial } from "../../core";
import { tokenAt } from "../../dump/inText/tokenAt";
import { readHoverSettings } from "../settings";
import { linksTo } from "./links";
import type { TextHover } from "./onDemand";
import { rangeOf } from "./rowHover";
import { isLines, linesOf } from "./textDocument";
import { tokenTable } from "./tokenTable";

/** Over a token of an answer with log-probabilities: its alternatives, as far as they are listed. */
export const hoverOverToken: TextHover = async (document, position, { temperatures }) => {
  const found = tokenAt(linesOf(document), position, isLines(document));
  if (!found) return null;
  const { entry, index, perplexity, range, list } = found;
  const temperature = temperatures.of(document.uri, null);
  const { topK, entropyUnit } = readHoverSettings();
  const { text, alternatives, sampled } = entry;
  const names = alternatives.map(alternative => alternative.text);
  const logprobs = Float64Array.from(alternatives, ({ logprob }) => logprob);
  const model = modelPartial({ logprobs, sampled }, topK);
  const view = { temperature, entropyUnit, text, names, index, perplexity };
  const row = index !== null && list ? { ...list, token: index } : undefined;
  const contents = [
    new vscode.MarkdownString(tokenTable(model, view)),
    linksTo(document.uri, temperature, row),
  ];
  return new vscode.Hover(contents, range ? rangeOf(range.open, range.end) : undefined);
};
