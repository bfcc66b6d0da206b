import * as vscode from "vscode";

/** Names of the files in a folder of any file system. @throws where it can't be listed */
export async function filesThroughVSCode(folder: vscode.Uri): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries.filter(([, type]) => type & vscode.FileType.File).map(([name]) => name);
}
