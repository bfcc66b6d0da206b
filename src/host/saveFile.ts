import * as vscode from "vscode";

/** Asks where to save, beside a dump by default, and writes. @returns false if cancelled */
export async function saveFile(
  beside: vscode.Uri,
  name: string,
  bytes: Uint8Array,
): Promise<boolean> {
  const plainName = name.replace(/[^\p{L}\p{N}._ -]/gu, "_");
  const uri = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(beside, "..", plainName),
  });
  if (!uri) return false;
  await vscode.workspace.fs.writeFile(uri, bytes);
  return true;
}
