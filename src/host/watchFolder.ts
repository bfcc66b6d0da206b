import * as vscode from "vscode";
import { nameOf } from "./fileRefs";

/** A file is written in many small steps; this long after the last one it is read. */
const quiet = 200;

/**
 * Tells when a file beside `uri`, or that file itself, was created, rewritten or deleted, and
 * matters. The folder is watched and names are compared, because a name such as `report[1].npy`
 * would be a glob.
 */
export function watchFolder(
  uri: vscode.Uri,
  matters: (name: string) => boolean,
  listener: () => void,
): vscode.Disposable {
  const folder = vscode.Uri.joinPath(uri, "..");
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "*"));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onEvent = (changed: vscode.Uri) => {
    if (!matters(nameOf(changed))) return;
    clearTimeout(timer);
    timer = setTimeout(listener, quiet);
  };
  watcher.onDidChange(onEvent);
  watcher.onDidCreate(onEvent);
  watcher.onDidDelete(onEvent);
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    watcher.dispose();
  });
}
