import * as vscode from "vscode";
import { sampleAt } from "../../dump/inText/sampleAt";
import { readHoverSettings } from "../settings";
import { linksTo } from "./links";
import type { TextHover } from "./onDemand";
import { rowTable } from "./rowTable";
import { isLines, linesOf } from "./textDocument";

/** Over the responses of an evaluation's sample: the distribution over its choices. */
export const hoverOverSample: TextHover = async (document, position, { temperatures }) => {
  const found = sampleAt(linesOf(document), position, isLines(document));
  if (!found) return null;
  const { likelihoods, choices, target, choice } = found;
  const temperature = temperatures.of(document.uri, null);
  const view = { ...readHoverSettings(), temperature, entry: choice, classNames: choices };
  const contents = [
    new vscode.MarkdownString(`${likelihoods.length} choices · log-likelihoods read as logits`),
    new vscode.MarkdownString(rowTable({ logits: likelihoods, label: target }, view)),
    linksTo(document.uri, temperature),
  ];
  return new vscode.Hover(contents);
};
