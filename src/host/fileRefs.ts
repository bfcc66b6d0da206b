import * as vscode from "vscode";
import { grouped } from "../core";
import { readsLocalFiles } from "../compute/starter.node";
import { siblingsOf } from "../dump/pairing";
import { RemoteError } from "../protocol/channel";
import type { FileRef } from "../protocol/messages";
import { folderFiles } from "./folderFiles.node";

/**
 * File systems other than the local one hand out whole files only, through this host's memory;
 * beyond this size that would hurt every extension.
 */
const maxVirtualBytes = 256 * 1024 * 1024;

/** The last part of a file's path, as a person would say it. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}

/** Whether the worker can read the file by range itself. */
export function isLocal(uri: vscode.Uri): boolean {
  return readsLocalFiles && uri.scheme === "file";
}

/**
 * A file as the worker gets it.
 * @throws RemoteError in a sentence when the file is missing or too large to read as a whole
 */
export async function fileRef(uri: vscode.Uri): Promise<FileRef> {
  const name = nameOf(uri);
  if (isLocal(uri)) return { name, path: uri.fsPath };
  const size = await sizeOf(uri);
  if (size > maxVirtualBytes) {
    const megabytes = grouped(Math.round(size / 1024 / 1024));
    throw new RemoteError(
      `"${name}": is ${megabytes} MB, and files that don't lie on this machine are read as a whole ` +
        `up to 256 MB; copy it to a local folder and open it there.`,
      "TOO_LARGE",
    );
  }
  try {
    return { name, bytes: await vscode.workspace.fs.readFile(uri) };
  } catch {
    throw new RemoteError(
      `"${name}": can't be read; check that it is still there.`,
      "FILE_MISSING",
    );
  }
}

/**
 * Bytes of a file.
 * @throws RemoteError in a sentence when it is missing or a folder
 */
export async function sizeOf(uri: vscode.Uri): Promise<number> {
  const name = nameOf(uri);
  let stat: vscode.FileStat;
  try {
    stat = await vscode.workspace.fs.stat(uri);
  } catch {
    throw new RemoteError(
      `"${name}": is not there; it may have been moved or deleted, or this side of a comparison ` +
        `has no such file.`,
      "FILE_MISSING",
    );
  }
  if (stat.type & vscode.FileType.Directory) {
    throw new RemoteError(`"${name}": is a folder; open a file in it.`, "FILE_UNREADABLE");
  }
  return stat.size;
}

/** The files beside a dump that belong to it by name. A folder that can't be listed has none. */
export async function siblingUris(uri: vscode.Uri): Promise<vscode.Uri[]> {
  const folder = vscode.Uri.joinPath(uri, "..");
  try {
    return siblingsOf(nameOf(uri), await folderFiles(folder)).map(entry =>
      vscode.Uri.joinPath(folder, entry),
    );
  } catch {
    return [];
  }
}
