import * as vscode from "vscode";

/** A file being written: there is no such file until it is finished. */
export interface FileWriter {
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** Gathers all of a file and writes it in one go, as file systems other than the local one want. */
export async function wholeWriter(uri: vscode.Uri): Promise<FileWriter> {
  const parts: Uint8Array[] = [];
  return {
    write: async bytes => void parts.push(bytes.slice()),
    finish: async () => {
      const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      await vscode.workspace.fs.writeFile(uri, whole);
    },
    discard: async () => void parts.splice(0),
  };
}
