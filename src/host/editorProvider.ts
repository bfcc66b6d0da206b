import type * as vscode from "vscode";
import type { ComputeClient } from "./computeClient";
import { LogitDocument } from "./logitDocument";
import { pageOf } from "./page";
import type { ViewRegistry } from "./viewRegistry";
import { ViewPanel } from "./viewPanel";

/** The two rows of the manifest: dumps by their ending, and what a person opens here by choice. */
export const viewTypes = ["logitInspector.editor", "logitInspector.editorOptional"] as const;

/** Opens dumps read-only: a document a file, a view a tab. */
export class LogitEditorProvider implements vscode.CustomReadonlyEditorProvider<LogitDocument> {
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly compute: ComputeClient,
    private readonly views: ViewRegistry,
    private readonly memory: vscode.Memento,
  ) {}

  /** Returns before the file is read, so that the view comes up meanwhile. */
  openCustomDocument(uri: vscode.Uri): LogitDocument {
    return new LogitDocument(uri, this.compute, this.memory);
  }

  async resolveCustomEditor(document: LogitDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [] };
    this.views.add(new ViewPanel(document, panel, uri => this.openCustomDocument(uri)));
    webview.html = await pageOf(this.extensionUri);
  }
}
