import type { Cancellation } from "../core";
import { readLogits, type View } from "../dump/view";
import { FormatError } from "../formats/errors";
import type { RowData } from "../protocol/dumpInfo";
import type { ComputeRequests, FileRef } from "../protocol/messages";
import { OpenDump } from "./openDump";
import type { OpenSource } from "./openFiles";
import { partialRow } from "./partial";

/**
 * What a dump is, and its first row, by no more of its files than that takes; nothing stays open.
 * The kind is told by the first rows, and labels are known of the first row alone.
 * @throws FormatError when the file can't be shown; TOO_FAR where that takes more than a glance
 */
export async function glance(
  openSource: OpenSource,
  file: FileRef,
  siblings: readonly FileRef[],
  signal: Cancellation,
): Promise<ComputeRequests["glance"]["reply"]> {
  const dump = await OpenDump.open(openSource, file, siblings, {}, { signal, isGlance: true });
  try {
    const info = dump.info();
    const hasRows = info.rows > 0 && info.classes > 0 && info.reading.kind !== "values";
    return { info, row: hasRows ? await readRow(dump.view, 0, signal) : null };
  } finally {
    await dump.close();
  }
}

/**
 * One row of an open dump, with its label.
 * @throws FormatError where there is no such row
 */
export async function readRow(view: View, index: number, signal: Cancellation): Promise<RowData> {
  if (index >= view.rows) {
    throw new FormatError("BAD_ROLE", `There is no row ${index}; the last is ${view.rows - 1}.`);
  }
  if (view.partial) return partialRow(view.partial, index);
  const logits = await readLogits(view, index, 1, signal);
  const label = view.labels?.[index] ?? -1;
  return { index, logits, label: label < 0 ? null : label };
}
