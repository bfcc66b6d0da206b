import type * as vscode from "vscode";

/** The file systems of a web host have no links to follow. */
export function realPath(uri: vscode.Uri): Promise<vscode.Uri> {
  return Promise.resolve(uri);
}
