import * as vscode from "vscode";
import { linesInText } from "../../dump/fileSources";
import { guessClassNames, roleOfSource } from "../../dump/guess";
import type { Companions } from "../../dump/inText/companions";
import type { RowInText } from "../../dump/inText/rowAt";
import { jsonSources } from "../../dump/jsonSources";
import { readLabels } from "../../dump/labels";
import { defaultSlicing } from "../../dump/slicing";
import type { Source } from "../../dump/source";
import { parseJson } from "../../formats/json/parseJson";
import { nameOf, siblingUris } from "../fileRefs";

/** Larger files are opened in the editor, not for a hover. */
const maxBytes = 1 << 20;

/** Class names and the label of a row: from its own text, else from the files paired with it by name. */
export async function pairedWith(
  uri: vscode.Uri,
  row: RowInText,
  signal: AbortSignal,
): Promise<Pick<Companions, "classNames" | "label">> {
  const { classNames, label } = row;
  if (classNames && label !== null) return { classNames, label };
  const sources: Source[] = [];
  for (const sibling of await siblingUris(uri)) {
    if (signal.aborted) break;
    sources.push(...(await sourcesOf(sibling)));
  }
  const lists = sources.filter(source => source.what === "names");
  const names = classNames ?? guessClassNames(lists, row.values.length)?.names ?? null;
  return { classNames: names, label: label ?? (await labelOf(uri, row, names, sources)) };
}

/** The names and small arrays of a text file; none where it can't be read. */
async function sourcesOf(uri: vscode.Uri): Promise<readonly Source[]> {
  const file = nameOf(uri);
  try {
    if (!/\.(json|txt)$/i.test(file)) return [];
    if ((await vscode.workspace.fs.stat(uri)).size > maxBytes) return [];
    const bytes = await vscode.workspace.fs.readFile(uri);
    return file.endsWith(".txt")
      ? linesInText(file, new TextDecoder().decode(bytes)).sources
      : jsonSources(file, parseJson(file, bytes)).sources;
  } catch {
    return [];
  }
}

/** The row's label in a paired list of labels: one a row, for all rows of a matrix. */
async function labelOf(
  uri: vscode.Uri,
  { index, sizes, values }: RowInText,
  classNames: readonly string[] | null,
  sources: readonly Source[],
): Promise<number | null> {
  const [rows] = sizes;
  if (sizes.length !== 1 || !rows || !index) return null;
  const shape = [rows, values.length];
  const target = {
    file: nameOf(uri),
    shape,
    slicing: defaultSlicing(shape),
    rows,
    wanted: rows,
    classes: values.length,
    classNames,
  };
  for (const source of sources) {
    if (roleOfSource(source)?.role !== "labels") continue;
    const read = await readLabels(source, target);
    if ("labels" in read) return read.labels[index[0]] < 0 ? null : read.labels[index[0]];
  }
  return null;
}
