import * as vscode from "vscode";
import type { ViewRegistry } from "./viewRegistry";

/** Shape, type, kind and temperature of the dump in front; hidden while there is none. */
export function createStatusBar(views: ViewRegistry): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    "logitInspector.status",
    vscode.StatusBarAlignment.Right,
    100,
  );
  item.name = "Logit Inspector";
  item.command = "logitInspector.setTemperature";
  item.tooltip = "Set the temperature";
  const update = () => {
    const document = views.active?.document;
    const info = document?.dump;
    if (!document || !info) return item.hide();
    const shape = info.shape.length === 0 ? "scalar" : info.shape.join(" × ");
    const parts = [shape, info.dtype, info.reading.kind];
    if (info.reading.kind !== "values") parts.push(`T ${temperatureText(document.temperature)}`);
    item.text = parts.join(" · ");
    item.accessibilityInformation = { label: `Logit dump: ${parts.join(", ")}` };
    item.show();
  };
  const subscription = views.onDidChange(update);
  return vscode.Disposable.from(item, subscription);
}

/** A temperature in four digits at most. */
export function temperatureText(value: number): string {
  return value === Infinity ? "∞" : String(Number(value.toPrecision(4)));
}
