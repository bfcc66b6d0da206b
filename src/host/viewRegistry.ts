import * as vscode from "vscode";
import type { ViewPanel } from "./viewPanel";

/** Which views are open, and which one is in front. */
export class ViewRegistry implements vscode.Disposable {
  private readonly views = new Set<ViewPanel>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Another view is in front, or what it shows changed. */
  readonly onDidChange = this.changed.event;

  /** The view in front, if it is one of ours. */
  get active(): ViewPanel | undefined {
    return [...this.views].find(view => view.panel.active);
  }

  /** A view of a file, wherever it is. */
  find(uri: vscode.Uri): ViewPanel | undefined {
    return [...this.views].find(view => view.document.uri.toString() === uri.toString());
  }

  add(view: ViewPanel): void {
    this.views.add(view);
    const subscriptions = [
      view.panel.onDidChangeViewState(() => this.update()),
      view.document.onDidChange(() => this.update()),
      view.document.onDidChangeTemperature(() => this.update()),
    ];
    view.panel.onDidDispose(() => {
      this.views.delete(view);
      view.dispose();
      for (const subscription of subscriptions) subscription.dispose();
      this.update();
    });
    void view.document.state().then(() => this.update());
    this.update();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private update(): void {
    void vscode.commands.executeCommand("setContext", "logitInspector:active", !!this.active);
    this.changed.fire();
  }
}
