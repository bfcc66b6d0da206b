import * as vscode from "vscode";
import { pythonProgram, type ProgramSource } from "../dump/pythonProgram";
import type { CalibrationChoice } from "../protocol/calibration";
import type { DumpInfo } from "../protocol/dumpInfo";
import type { LogitDocument } from "./logitDocument";

/**
 * Copies a NumPy program that computes what is shown.
 * @throws Error in a sentence without labels, or with labels by name
 */
export async function copyAsPython(
  document: LogitDocument,
  { clip, bins }: CalibrationChoice,
): Promise<void> {
  const info = document.dump;
  if (!info?.reading.labels) throw new Error("A program needs labels; choose a file with them.");
  const labels = info.sources.find(source => source.id === info.reading.labels);
  if (labels?.what === "names") {
    throw new Error("A program needs labels as numbers; these are names.");
  }
  const program = pythonProgram({
    reading: info.reading,
    logits: sourceOf(document, info, info.reading.logits),
    labels: sourceOf(document, info, info.reading.labels),
    temperatures: [...new Set([1, document.temperature])],
    bins,
    clip,
  });
  await vscode.env.clipboard.writeText(program);
}

/** Files lie beside the dump, unless a person picked one elsewhere: then the path is for them to mend. */
function sourceOf({ uri }: LogitDocument, info: DumpInfo, id: string): ProgramSource {
  const source = info.sources.find(entry => entry.id === id)!;
  const { file, name, shape } = source;
  return { path: vscode.Uri.joinPath(uri, "..", file).fsPath, name, shape };
}
