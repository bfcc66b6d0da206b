import * as vscode from "vscode";
import { csvCell } from "../protocol/csv";
import { openWriter } from "./fileWriter.node";
import { nameOf } from "./fileRefs";
import type { LogitDocument } from "./logitDocument";
import { npyHeader } from "./npyHeader";
import { withLateProgress } from "./progress";

/** Elements asked for at a time. */
const blockElements = 1 << 18;

/**
 * Asks where to save the probabilities at a temperature, and streams them there: float64 .npy, or
 * CSV with a row a line.
 * @returns false when the person changed their mind
 */
export async function exportProbabilities(
  document: LogitDocument,
  temperature: number,
): Promise<boolean> {
  const info = document.dump;
  if (!info) return false;
  const stem = nameOf(document.uri).replace(/\.[^.]*$/, "");
  const uri = await vscode.window.showSaveDialog({
    title: "Export Calibrated Probabilities",
    defaultUri: vscode.Uri.joinPath(document.uri, "..", `${stem}_probabilities.npy`),
    filters: { "NumPy array": ["npy"], "Comma-separated values": ["csv"] },
  });
  if (!uri) return false;
  const isCsv = /\.csv$/i.test(uri.path);
  const { rows, classes } = info;
  const writer = await openWriter(uri);
  try {
    await withLateProgress(`Exporting to ${nameOf(uri)}`, async ({ signal, onProgress }) => {
      await writer.write(isCsv ? csvHeader(info.classNames, classes) : npyHeader([rows, classes]));
      const perBlock = Math.max(1, Math.floor(blockElements / classes));
      for (let first = 0; first < rows && !signal.aborted; first += perBlock) {
        const count = Math.min(perBlock, rows - first);
        const range = { temperature, first, count };
        const { values } = await document.ask("probabilities", range, { signal });
        await writer.write(isCsv ? csvRows(values, classes) : bytesOf(values));
        onProgress(first + count, rows);
      }
      signal.throwIfAborted();
    });
  } catch (error) {
    await writer.discard();
    throw error;
  }
  await writer.finish();
  return true;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

function csvHeader(names: readonly string[] | null, classes: number): Uint8Array {
  const titles = Array.from({ length: classes }, (_, k) => csvCell(names?.[k] ?? `class ${k}`));
  return new TextEncoder().encode(`${titles.join(",")}\n`);
}

function csvRows(values: Float64Array, classes: number): Uint8Array {
  let text = "";
  for (let start = 0; start < values.length; start += classes) {
    text += `${values.subarray(start, start + classes).join(",")}\n`;
  }
  return new TextEncoder().encode(text);
}
