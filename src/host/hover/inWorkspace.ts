import * as vscode from "vscode";
import { realPath } from "../realPath.node";

/** What a name in a text leads to. */
export type Found = { readonly uri: vscode.Uri } | "missing" | "outside";

/**
 * Looks a file up beside a document, then in the workspace's folders. Only files that lie in one of
 * these folders, with all links followed, are found.
 * @param names the likeliest first
 */
export async function findInWorkspace(from: vscode.Uri, names: readonly string[]): Promise<Found> {
  const roots = (vscode.workspace.workspaceFolders ?? []).map(folder => folder.uri);
  const bases = [vscode.Uri.joinPath(from, ".."), ...roots];
  let isInside = false;
  for (const name of names) {
    for (const base of bases) {
      const uri = name.startsWith("/")
        ? base.with({ path: name })
        : vscode.Uri.joinPath(base, name);
      if (!isWithin(uri, roots)) continue;
      isInside = true;
      if (!(await isFile(uri))) continue;
      return (await isInWorkspace(uri)) ? { uri } : "outside";
    }
  }
  return isInside ? "missing" : "outside";
}

/** Whether a file that is there lies in the workspace, wherever links lead. */
export async function isInWorkspace(uri: vscode.Uri): Promise<boolean> {
  const roots = (vscode.workspace.workspaceFolders ?? []).map(folder => folder.uri);
  try {
    return isWithin(await realPath(uri), await Promise.all(roots.map(realPath)));
  } catch {
    return false;
  }
}

function isWithin({ scheme, authority, path }: vscode.Uri, roots: readonly vscode.Uri[]): boolean {
  return roots.some(
    root =>
      root.scheme === scheme &&
      root.authority === authority &&
      path.startsWith(root.path.endsWith("/") ? root.path : `${root.path}/`),
  );
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
