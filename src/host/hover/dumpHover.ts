import * as vscode from "vscode";
import { grouped, modelPartial } from "../../core";
import { dumpNameAt } from "../../dump/inText/dumpName";
import type { DumpInfo, RowData } from "../../protocol/dumpInfo";
import type { ComputeClient } from "../computeClient";
import { fileRef, isLocal, nameOf, siblingUris, sizeOf } from "../fileRefs";
import { readHoverSettings } from "../settings";
import { findInWorkspace, isInWorkspace } from "./inWorkspace";
import { linksTo } from "./links";
import { escaped } from "./markdown";
import type { HoverHost, TextHover } from "./onDemand";
import { rowTable } from "./rowTable";
import { tokenTable } from "./tokenTable";

/** What can't be read by range, or not without reading all of it, is shown up to this size only. */
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
    const size = await sizeOf(uri);
    const isWhole = /\.(json|jsonl|ndjson)$/i.test(uri.path) || !isLocal(uri);
    if (isWhole && size > maxWhole) {
      const title = new vscode.MarkdownString(`${name} · ${sizeText(size)}`);
      return [title, linksTo(uri, temperatures.of(uri, null))];
    }
    const { info, row } = await firstRow(uri, compute, signal);
    const temperature = temperatures.of(uri, info.temperature);
    const title = new vscode.MarkdownString([name, ...facts(info)].join(" · "));
    const table = row ? [new vscode.MarkdownString(tableOf(info, row, temperature))] : [];
    return [title, ...table, linksTo(uri, temperature)];
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    return [new vscode.MarkdownString(escaped(sentence, sentence.length))];
  }
}

let opened = 0;

/** Has the worker open a dump and read its first row, by range; nothing stays open. */
async function firstRow(
  uri: vscode.Uri,
  compute: ComputeClient,
  signal: AbortSignal,
): Promise<{ info: DumpInfo; row: RowData | null }> {
  const document = `hover ${++opened}`;
  try {
    const siblings = await Promise.all((await siblingUris(uri)).map(withinWorkspace));
    const files = siblings.filter(sibling => sibling !== null);
    const file = await fileRef(uri);
    const refs = await Promise.all(files.map(fileRef));
    const opening = { document, file, siblings: refs, overrides: {} };
    const info = await compute.request("open", opening, { signal });
    const hasRows = info.rows > 0 && info.classes > 0 && info.reading.kind !== "values";
    const first = { document, index: 0 };
    return { info, row: hasRows ? await compute.request("row", first, { signal }) : null };
  } finally {
    await compute.request("close", { document });
  }
}

async function withinWorkspace(uri: vscode.Uri): Promise<vscode.Uri | null> {
  return (await isInWorkspace(uri)) ? uri : null;
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
    reading.kind,
    sizeText(size),
    ...paired.flatMap(([role, id]) => (id === null ? [] : [`${role}: ${escaped(id)}`])),
    ...(rows > 1 && reading.kind !== "values" ? ["the first row:"] : []),
  ];
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
