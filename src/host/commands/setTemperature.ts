import * as vscode from "vscode";
import { parseTemperature } from "../../core";
import type { ViewRegistry } from "../viewRegistry";

/** Asks for the temperature of the dump in front: a number from 0 to ∞. */
export async function setTemperature(views: ViewRegistry): Promise<void> {
  const document = views.active?.document;
  if (!document) return;
  const { temperature } = document;
  const text = await vscode.window.showInputBox({
    title: "Temperature",
    prompt: "A number from 0 to ∞, for example 0.5, 1/2 or inf",
    value: temperature === Infinity ? "inf" : String(temperature),
    validateInput: entry => {
      const parsed = parseTemperature(entry);
      return typeof parsed === "string" ? parsed : undefined;
    },
  });
  const parsed = text === undefined ? undefined : parseTemperature(text);
  if (typeof parsed === "number") document.temperature = parsed;
}
