import * as vscode from "vscode";
import { registerCommands } from "./host/commands";
import { ComputeClient } from "./host/computeClient";
import { LogitEditorProvider, viewTypes } from "./host/editorProvider";
import { registerHovers } from "./host/hover";
import { createStatusBar } from "./host/statusBar";
import { Temperatures } from "./host/temperatures";
import { ViewRegistry } from "./host/viewRegistry";

export function activate({
  extensionUri,
  subscriptions,
  workspaceState,
}: vscode.ExtensionContext): void {
  const compute = new ComputeClient(extensionUri);
  const views = new ViewRegistry();
  const temperatures = new Temperatures(views);
  const provider = new LogitEditorProvider(extensionUri, compute, views, workspaceState);
  subscriptions.push(
    compute,
    views,
    createStatusBar(views),
    temperatures,
    registerCommands(extensionUri, views, temperatures),
    registerHovers({ compute, views, temperatures }),
    ...viewTypes.map(viewType =>
      vscode.window.registerCustomEditorProvider(viewType, provider, {
        supportsMultipleEditorsPerDocument: true,
      }),
    ),
  );
}
