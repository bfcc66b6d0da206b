import * as vscode from "vscode";
import { grouped, guessKind, toLogits, type Kind } from "../../core";
import { finishSteps } from "../../compute/steps";
import { rowAt, type RowInText, type Scope } from "../../dump/inText/rowAt";
import type { Place, Reach } from "../../dump/inText/text";
import { readHoverSettings } from "../settings";
import type { ViewRegistry } from "../viewRegistry";
import { linksTo } from "./links";
import { escaped } from "./markdown";
import type { HoverHost, TextHover } from "./onDemand";
import { pairedWith } from "./paired";
import { rowTable } from "./rowTable";
import { isLines, linesOf } from "./textDocument";

/** A row as it is shown: its numbers as logits, with what is known of it from all sides. */
export interface ShownRow {
  readonly row: RowInText;
  readonly kind: Kind;
  readonly logits: Float64Array;
  readonly temperature: number;
}

/** Over a row of scores in JSON: what its numbers mean. */
export const hoverOverRow: TextHover = async (document, position, host, signal) => {
  const found = await rowIn(document, position, host, signal);
  if (!found) return null;
  const { row, kind, logits, temperature } = found;
  const paired = await pairedWith(document.uri, row, signal);
  const { topK, entropyUnit } = readHoverSettings();
  const shown = { temperature, topK, entropyUnit, entry: row.entry, classNames: paired.classNames };
  const contents = [
    new vscode.MarkdownString(titleOf(document, row, kind)),
    new vscode.MarkdownString(rowTable({ logits, label: paired.label }, shown)),
    linksTo(document.uri, temperature, row.open),
  ];
  return new vscode.Hover(contents, rangeOf(row.open, row.end));
};

/**
 * The row at a place, read as its open editor does; null where there is none.
 * @param reach how far rows are counted
 */
export async function rowIn(
  document: vscode.TextDocument,
  position: Place,
  { temperatures, views }: HoverHost,
  signal: AbortSignal,
  reach?: () => Reach,
): Promise<ShownRow | null> {
  const { version, uri } = document;
  const steps = rowAt(linesOf(document), position, scopeOf(document), isLines(document), reach);
  const row = await finishSteps(steps, { signal });
  if (!row || document.version !== version) return null;
  const kind = chosenKind(views, uri, row) ?? guessKind([row.values], "float64");
  if (kind === "values") return null;
  const logits = toLogits(row.values, kind);
  return { row, kind, logits, temperature: temperatures.of(uri, row.temperature) };
}

/** As what an open editor reads the array. */
function chosenKind(views: ViewRegistry, uri: vscode.Uri, { array }: RowInText): Kind | null {
  const reading = views.find(uri)?.document.dump?.reading;
  const name = reading?.logits.split("#")[1] ?? "";
  return reading && `.${name}`.endsWith(`.${array.key?.name ?? ""}`) ? reading.kind : null;
}

function scopeOf(document: vscode.TextDocument): Scope {
  const { everyArray, files } = readHoverSettings();
  if (everyArray) return "everyArray";
  const isNamed = files.some(pattern => vscode.languages.match({ pattern }, document) > 0);
  return isNamed ? "scoresFile" : "scoresKeys";
}

export function rangeOf(open: Place, end: Place): vscode.Range {
  return new vscode.Range(open.line, open.character, end.line, end.character);
}

/** "logits · line 3 · row 17 of 4,322 × 1,000 · token end · read as logits" */
function titleOf(document: vscode.TextDocument, row: RowInText, kind: Kind): string {
  const { index, sizes, token, values, array, open } = row;
  const shape = [...sizes, values.length].map(n => (n === null ? "…" : grouped(n))).join(" × ");
  const isMatrix = sizes.length > 0;
  const at = isMatrix && index ? `row ${index.map(grouped).join(", ")} of ` : "";
  return [
    ...(array.key ? [`**${escaped(array.key.name)}**`] : []),
    ...(isLines(document) ? [`line ${grouped(open.line + 1)}`] : []),
    isMatrix ? `${at}${shape}` : `${shape} classes`,
    ...(token === null ? [] : [`token ${escaped(token)}`]),
    `read as ${kind}`,
  ].join(" · ");
}
