import { open, rename, rm } from "node:fs/promises";
import type * as vscode from "vscode";
import { wholeWriter, type FileWriter } from "./fileWriter";

/** Writes local files piece by piece, beside their place until they are complete. */
export async function openWriter(uri: vscode.Uri): Promise<FileWriter> {
  if (uri.scheme !== "file") return wholeWriter(uri);
  const partial = `${uri.fsPath}.partial`;
  const handle = await open(partial, "w");
  return {
    write: async bytes => void (await handle.write(bytes)),
    finish: async () => {
      await handle.close();
      await rename(partial, uri.fsPath);
    },
    discard: async () => {
      await handle.close();
      await rm(partial, { force: true });
    },
  };
}
