import * as vscode from "vscode";
import { roleOf } from "../dump/names";
import type { Calibration, CalibrationChoice } from "../protocol/calibration";
import { nameOf } from "./fileRefs";
import { folderFiles } from "./folderFiles.node";
import type { LogitDocument } from "./logitDocument";
import { withLateProgress } from "./progress";

const dumps = ["npy", "npz", "safetensors", "json", "jsonl"];

/**
 * Asks for another dump and fits the temperature on that: "fit on validation, report on test", or
 * the training set beside it.
 * @returns null when the person changed their mind
 */
export async function calibrateOther(
  beside: LogitDocument,
  openDocument: (uri: vscode.Uri) => LogitDocument,
  choice: CalibrationChoice,
): Promise<Calibration | null> {
  const uri = await pickDump(beside.uri);
  if (!uri) return null;
  const other = openDocument(uri);
  try {
    const { failure } = await other.state();
    if (failure) throw new Error(failure.message);
    return await withLateProgress(`Fitting on ${nameOf(uri)}`, options =>
      other.calibrate(choice, options),
    );
  } finally {
    other.dispose();
  }
}

/** Dumps in the same folder first, then any file. */
async function pickDump(beside: vscode.Uri): Promise<vscode.Uri | undefined> {
  const folder = vscode.Uri.joinPath(beside, "..");
  const files = await folderFiles(folder);
  const near = files.filter(name => name !== nameOf(beside) && isDump(name)).sort();
  const browse = { label: "$(folder-opened) Another Folder…", name: undefined };
  const items = [...near.map(name => ({ label: name, name })), browse];
  const picked = await vscode.window.showQuickPick<(typeof items)[number]>(items, {
    title: "Fit on Another Dump",
    placeHolder: "The dump to fit the temperature on, with labels of its own",
  });
  if (!picked) return undefined;
  if (picked.name !== undefined) return vscode.Uri.joinPath(folder, picked.name);
  const chosen = await vscode.window.showOpenDialog({
    title: "Fit on Another Dump",
    defaultUri: folder,
    filters: { "Logit dumps": dumps },
  });
  return chosen?.[0];
}

function isDump(name: string): boolean {
  const dot = name.lastIndexOf(".");
  const role = roleOf(name.slice(0, dot))?.role ?? "logits";
  return dumps.includes(name.slice(dot + 1)) && role === "logits";
}
