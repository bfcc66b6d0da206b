import * as vscode from "vscode";
import { viewTypes } from "../editorProvider";

/** The samples that come with the extension, and what each is good for. */
const samples = [
  {
    file: "four.logits.json",
    label: "Four logits",
    detail: "The smallest: what temperature does to [2, 1, 0.5, 0.1]",
  },
  {
    file: "digits/val_logits.npy",
    label: "Digits, validation",
    detail: "600 rows of a small network that is too sure of itself, with labels",
  },
  {
    file: "transformer/next_token.logits.json",
    label: "Next token",
    detail: "A small transformer's next word, over its whole vocabulary",
  },
  {
    file: "transformer/attention.npz",
    label: "Attention scores",
    detail: "Raw scores of three layers and four heads",
  },
];

/** Opens a sample to try the inspector on. */
export async function openSample(extensionUri: vscode.Uri): Promise<void> {
  const picked = await vscode.window.showQuickPick(samples, { title: "Open a Sample Dump" });
  if (!picked) return;
  const uri = vscode.Uri.joinPath(extensionUri, "media", "samples", ...picked.file.split("/"));
  await vscode.commands.executeCommand("vscode.openWith", uri, viewTypes[0]);
}
