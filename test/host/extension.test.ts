import assert from "node:assert/strict";
import * as vscode from "vscode";

const id = "logit-inspector.logit-inspector";

describe("the extension in a real VS Code", () => {
  it("registers every command that its manifest names", async () => {
    const extension = vscode.extensions.getExtension(id)!;
    await extension.activate();
    const known = new Set(await vscode.commands.getCommands(true));
    const named: { command: string }[] = extension.packageJSON.contributes.commands;
    assert.deepEqual(
      named.map(({ command }) => command).filter(command => !known.has(command)),
      [],
    );
  });

  it("opens a dump in its own editor by default", async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    await vscode.commands.executeCommand(
      "vscode.open",
      vscode.Uri.joinPath(folder, "four.logits.json"),
    );
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.equal(input.viewType, "logitInspector.editor");
  });
});
