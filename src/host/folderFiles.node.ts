import { readdir } from "node:fs/promises";
import type * as vscode from "vscode";
import { filesThroughVSCode } from "./folderFiles";

/**
 * Names of the files in a folder, and of links. A local one is listed right here: VS Code takes some
 * milliseconds to make sure of its file system first, which a hover would wait for.
 * @throws where it can't be listed
 */
export async function folderFiles(folder: vscode.Uri): Promise<string[]> {
  if (folder.scheme !== "file") return filesThroughVSCode(folder);
  const entries = await readdir(folder.fsPath, { withFileTypes: true });
  return entries.filter(entry => entry.isFile() || entry.isSymbolicLink()).map(({ name }) => name);
}
