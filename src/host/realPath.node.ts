import { realpath } from "node:fs/promises";
import * as vscode from "vscode";

/** Where a file really lies, all links followed. @throws the system's error where it is not there */
export async function realPath(uri: vscode.Uri): Promise<vscode.Uri> {
  return uri.scheme === "file" ? vscode.Uri.file(await realpath(uri.fsPath)) : uri;
}
