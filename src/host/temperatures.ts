import * as vscode from "vscode";
import { readSettings } from "./settings";
import type { ViewRegistry } from "./viewRegistry";

/** The temperature of each file: one for its editor and for hovers over its text. */
export class Temperatures implements vscode.Disposable {
  /** What a person last chose for a file, over its text or in its editor. */
  private readonly chosen = new Map<string, number>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly views: ViewRegistry) {
    views.onDidChange(() => {
      const document = views.active?.document;
      if (document?.hasChosenTemperature) {
        this.chosen.set(document.uri.toString(), document.temperature);
      }
      this.changed.fire();
    });
  }

  /** The editor's, else a person's, else what the file says of itself, else the setting's. */
  of(uri: vscode.Uri, own: number | null): number {
    const open = this.views.find(uri)?.document.temperature;
    return open ?? this.chosen.get(uri.toString()) ?? own ?? readSettings().defaultTemperature;
  }

  set(uri: vscode.Uri, value: number): void {
    this.chosen.set(uri.toString(), value);
    this.handOver(uri);
    this.changed.fire();
  }

  /** Gives the editor what was chosen before it was open. */
  handOver(uri: vscode.Uri): void {
    const view = this.views.find(uri);
    const value = this.chosen.get(uri.toString());
    if (view && value !== undefined) view.document.temperature = value;
  }

  dispose(): void {
    this.changed.dispose();
  }
}
