import * as vscode from "vscode";
import { grouped, modelPartial } from "../../core";
import { dumpNameAt } from "../../dump/inText/dumpName";
import type { Reading } from "../../dump/reading";
import { reasonOf, RemoteError } from "../../protocol/channel";
import type { DumpInfo, RowData } from "../../protocol/dumpInfo";
import type { FileRef } from "../../protocol/messages";
import { fileRef, isLocal, nameOf, siblingUris, sizeOf } from "../fileRefs";
import { readHoverSettings } from "../settings";
import { findInWorkspace, isInWorkspace } from "./inWorkspace";
import { linksTo } from "./links";
import { escaped } from "./markdown";
import type { HoverHost, TextHover } from "./onDemand";
import { rowTable } from "./rowTable";
import { tokenTable } from "./tokenTable";

/** What can't be read by range is read up to this size only. */
const maxWhole = 1 << 20;

/** Over a string that names a dump of the workspace: what the dump holds. */
export const hoverOverDumpName: TextHover = async (document, position, host, signal) => {
  const name = dumpNameAt(document.lineAt(position.line).text, position.character);
  if (!name) return null;
  const found = await findInWorkspace(fileOf(document), name.paths);
  if (found === "outside" || signal.aborted) return null;
  const range = new vscode.Range(position.line, name.start, position.line, name.end);
  if (found !== "missing")
    return new vscode.Hover(await contentsOf(found.uri, host, signal), range);
  const sentence = `${escaped(name.paths[0])} is neither beside this file nor in the workspace.`;
  return name.isWhole ? new vscode.Hover(new vscode.MarkdownString(sentence), range) : null;
};

/** The file on disk that a document belongs to: a cell's is its notebook. */
function fileOf({ uri }: vscode.TextDocument): vscode.Uri {
  const isCell = (cell: vscode.NotebookCell) => cell.document.uri.toString() === uri.toString();
  const notebook = vscode.workspace.notebookDocuments.find(book => book.getCells().some(isCell));
  return notebook?.uri ?? uri;
}

async function contentsOf(
  uri: vscode.Uri,
  { compute, temperatures }: HoverHost,
  signal: AbortSignal,
): Promise<vscode.MarkdownString[]> {
  const name = `**${escaped(nameOf(uri))}**`;
  try {
    const { info, row } = await compute.request("glance", await filesOf(uri), { signal });
    const temperature = temperatures.of(uri, info.temperature);
    const title = new vscode.MarkdownString([name, ...facts(info)].join(" · "));
    const table = row ? [new vscode.MarkdownString(tableOf(info, row, temperature))] : [];
    return [title, ...table, linksTo(uri, temperature)];
  } catch (error) {
    if (reasonOf(error) === "TOO_FAR") {
      const title = new vscode.MarkdownString(`${name} · ${sizeText(await sizeOf(uri))}`);
      return [title, linksTo(uri, temperatures.of(uri, null))];
    }
    const sentence = error instanceof Error ? error.message : String(error);
    return [new vscode.MarkdownString(escaped(sentence, sentence.length))];
  }
}

/** The dump and the files of the workspace that belong to it, as far as a glance may read them. */
async function filesOf(uri: vscode.Uri): Promise<{ file: FileRef; siblings: FileRef[] }> {
  if (!(await isReadable(uri))) throw new RemoteError(`"${nameOf(uri)}": open it.`, "TOO_FAR");
  const beside = await siblingUris(uri);
  const known = await Promise.all(
    beside.map(async file => (await isInWorkspace(file)) && (await isReadable(file))),
  );
  const siblings = await Promise.all(beside.filter((_, i) => known[i]).map(fileRef));
  return { file: await fileRef(uri), siblings };
}

/** Files that don't lie on this machine come as a whole. */
async function isReadable(uri: vscode.Uri): Promise<boolean> {
  return isLocal(uri) || (await sizeOf(uri)) <= maxWhole;
}

/** "600 × 10 · float32 · logits · 24 KB · labels: val_labels.npy · the first row:" */
function facts({ shape, dtype, reading, size, rows }: DumpInfo): string[] {
  const paired = [
    ["labels", reading.labels],
    ["class names", reading.classNames],
    ["tokens", reading.tokens],
  ] as const;
  return [
    shape.length === 0 ? "scalar" : shape.map(grouped).join(" × "),
    dtype,
    kindOf(reading, rows),
    sizeText(size),
    ...paired.flatMap(([role, id]) => (id === null ? [] : [`${role}: ${escaped(id)}`])),
    ...(rows > 1 && reading.kind !== "values" ? ["the first row:"] : []),
  ];
}

/** One row of logits makes all of them logits; any other kind is that of the rows looked at. */
function kindOf({ kind }: Reading, rows: number): string {
  const isCertain = rows < 2 || kind === "logits" || kind === "values";
  return isCertain ? kind : `${kind} by its first rows`;
}

function tableOf({ classNames, tokens }: DumpInfo, row: RowData, temperature: number): string {
  const { topK, entropyUnit } = readHoverSettings();
  if (row.partial) {
    const { names, sampled } = row.partial;
    const known = { text: tokens?.[row.index] ?? "", names, index: row.index, perplexity: null };
    const model = modelPartial({ logprobs: row.logits, sampled }, topK);
    return tokenTable(model, { temperature, entropyUnit, ...known });
  }
  return rowTable(row, { temperature, topK, entropyUnit, entry: null, classNames });
}

/** Bytes as people read them: "24 KB", "1.5 GB". */
function sizeText(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 2 ** (10 * power)).toPrecision(3))} ${units[power]}`;
}
