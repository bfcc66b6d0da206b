import * as vscode from "vscode";
import { activeUri } from "./activeUri";

/** Shows a file in the text editor: the one given, or the one in front. */
export async function reopenAsText(given: vscode.Uri | undefined): Promise<void> {
  const uri = given ?? activeUri();
  if (uri) await vscode.commands.executeCommand("vscode.openWith", uri, "default");
}
