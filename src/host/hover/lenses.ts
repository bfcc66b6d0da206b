import * as vscode from "vscode";
import { entropyIn, grouped, modelRow, seriesAt } from "../../core";
import { innermost } from "../../dump/inText/arrayAround";
import type { RowInText } from "../../dump/inText/rowAt";
import { unlimited, type Reach, type TextLines } from "../../dump/inText/text";
import { readSettings } from "../settings";
import { linkCommands } from "./links";
import type { HoverHost } from "./onDemand";
import { rowIn, type ShownRow } from "./rowHover";
import { isLines, linesOf } from "./textDocument";

/** Characters and lines at the start of a document in which arrays get a lens. */
const maxChars = 1 << 18;
const maxLines = 5000;

/** More lenses than these would be noise. */
const maxLenses = 10;

/**
 * A lens above each array of logits at the start of a document, one a key.
 * @param reach how far rows are counted
 */
export async function lensesOf(
  document: vscode.TextDocument,
  host: HoverHost,
  signal: AbortSignal,
  reach?: () => Reach,
): Promise<vscode.CodeLens[]> {
  const text = linesOf(document);
  const lenses = new Map<string, vscode.CodeLens>();
  for (const { key, list } of listsIn(text, isLines(document) ? 1 : maxLines)) {
    if (signal.aborted || lenses.size >= maxLenses) break;
    if (lenses.has(key)) continue;
    const found = await rowIn(document, innermost(text, list).open, host, signal, reach);
    const title = found && titleOf(found);
    if (title) lenses.set(key, lensOf(document, found.row, title));
  }
  return [...lenses.values()];
}

/**
 * Counts the rows that lenses and hovers over a document tell of, to their ends: VS Code asks for no
 * lenses in its largest texts, where counting takes longest.
 */
export async function prepare(
  document: vscode.TextDocument,
  host: HoverHost,
  signal: AbortSignal,
): Promise<void> {
  await lensesOf(document, host, signal, unlimited);
}

/** Where lists open behind a key, with the key as it is written; or where one is the whole text. */
function* listsIn(text: TextLines, lines: number) {
  let chars = 0;
  for (let line = 0; line < Math.min(lines, text.lineCount) && chars < maxChars; line++) {
    const content = text.lineAt(line).slice(0, maxChars - chars);
    chars += content.length;
    for (const match of content.matchAll(line === 0 ? keyedOrWhole : keyed)) {
      const list = { line, character: match.index + match[0].length - 1 };
      yield { key: match[1] ?? "", list };
    }
  }
}

const keyed = /"((?:[^"\\]|\\.)*)"\s*:\s*\[/g;
const keyedOrWhole = /"((?:[^"\\]|\\.)*)"\s*:\s*\[|^\s*\[/g;

/** "4,322 rows · 10 classes · H 1.23 nats"; null for a row without a distribution. */
function titleOf({ row, logits, temperature }: ShownRow): string | null {
  const model = modelRow({ logits, label: null }, 1);
  if (!model) return null;
  const { entropyUnit } = readSettings();
  const { entropy } = seriesAt(model, temperature).distribution;
  const rows = row.sizes.map(size => (size === null ? "…" : grouped(size))).join(" × ");
  return [
    ...(rows === "" ? [] : [`${rows} rows`]),
    `${grouped(logits.length)} classes`,
    `H ${Number(entropyIn(entropyUnit, entropy).toPrecision(3))} ${entropyUnit}${rows === "" ? "" : " in the first"}`,
  ].join(" · ");
}

function lensOf({ uri }: vscode.TextDocument, row: RowInText, title: string): vscode.CodeLens {
  const { line, character } = row.array.open;
  const range = new vscode.Range(line, 0, line, character);
  return new vscode.CodeLens(range, {
    title: `Open in Logit Inspector · ${title}`,
    command: linkCommands[0],
    arguments: [uri.toString(), row.open],
  });
}
