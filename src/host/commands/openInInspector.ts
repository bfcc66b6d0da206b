import * as vscode from "vscode";
import { viewTypes } from "../editorProvider";
import { activeUri } from "./activeUri";

/** Opens a file in the inspector: the one given, the one in front, or one to be picked. */
export async function openInInspector(given: vscode.Uri | undefined): Promise<void> {
  const uri = given ?? activeUri() ?? (await pickFile());
  if (uri) await vscode.commands.executeCommand("vscode.openWith", uri, viewTypes[0]);
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: "Open in Logit Inspector",
    filters: { "Logit dumps": ["npy", "npz", "safetensors", "json", "jsonl"], "All files": ["*"] },
  });
  return picked?.[0];
}
