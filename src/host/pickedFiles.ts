import * as vscode from "vscode";
import type { FileRef } from "../protocol/messages";
import { fileRef, nameOf } from "./fileRefs";

/** The files that a person picked to go with a dump: remembered, as nothing in their names tells. */
export class PickedFiles {
  private readonly key: string;

  constructor(
    private readonly beside: vscode.Uri,
    private readonly memory: vscode.Memento,
  ) {
    this.key = `picked:${beside.toString()}`;
  }

  get uris(): vscode.Uri[] {
    return this.memory.get<string[]>(this.key, []).map(uri => vscode.Uri.parse(uri));
  }

  async add(uri: vscode.Uri): Promise<void> {
    const all = new Set([...this.uris, uri].map(picked => picked.toString()));
    await this.memory.update(this.key, [...all]);
  }

  /** A file from another folder goes by that folder, too: its name may be that of one here. */
  async refOf(uri: vscode.Uri): Promise<FileRef> {
    const ref = await fileRef(uri);
    const folder = vscode.Uri.joinPath(uri, "..");
    const isBeside = folder.toString() === vscode.Uri.joinPath(this.beside, "..").toString();
    return isBeside ? ref : { ...ref, name: `${nameOf(folder)}/${ref.name}` };
  }
}
