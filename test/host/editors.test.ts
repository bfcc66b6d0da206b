import assert from "node:assert/strict";
import * as vscode from "vscode";
import { sizeOf } from "../../src/host/fileRefs";

const folder = () => vscode.workspace.workspaceFolders![0].uri;
const inFolder = (name: string) => vscode.Uri.joinPath(folder(), name);
const write = (name: string, text: string) =>
  vscode.workspace.fs.writeFile(inFolder(name), new TextEncoder().encode(text));

/** The editor in front, by what its tab says: a custom editor's type, or "text". */
async function editorOf(expected: string): Promise<void> {
  const seen = () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (input instanceof vscode.TabInputCustom) return input.viewType;
    return input instanceof vscode.TabInputText ? "text" : String(input);
  };
  for (let i = 0; i < 100 && seen() !== expected; i++) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.equal(seen(), expected);
}

describe("editors", () => {
  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("leaves plain JSON to the text editor", async () => {
    await write("plain.json", "[1, 2, 3]");
    await vscode.commands.executeCommand("vscode.open", inFolder("plain.json"));
    await editorOf("text");
  });

  it("opens JSON by command, and goes back to text by command", async () => {
    await write("plain.json", "[1, 2, 3]");
    await vscode.commands.executeCommand("logitInspector.open", inFolder("plain.json"));
    await editorOf("logitInspector.editor");
    await vscode.commands.executeCommand("logitInspector.reopenAsText");
    await editorOf("text");
    await vscode.commands.executeCommand("logitInspector.open");
    await editorOf("logitInspector.editor");
  });

  for (const name of [
    "digits/val_logits.npy",
    "digits/val.npz",
    "stream.logits.jsonl",
    "four.logits.json",
  ]) {
    it(`opens ${name} by default`, async () => {
      await vscode.commands.executeCommand("vscode.open", inFolder(name));
      await editorOf("logitInspector.editor");
    });
  }

  it("opens a comparison whose one side is missing", async () => {
    const [missing, there] = [inFolder("gone.npy"), inFolder("digits/val_logits.npy")];
    await vscode.commands.executeCommand("vscode.diff", missing, there, "gone and there");
    await assert.rejects(sizeOf(missing), /"gone\.npy".*this side of a comparison/);
  });

  it("says that a folder is a folder", async () => {
    await vscode.workspace.fs.createDirectory(inFolder("folder.npy"));
    await assert.rejects(sizeOf(inFolder("folder.npy")), /"folder\.npy".*is a folder/);
  });
});
