import * as vscode from "vscode";
import { parseTemperature } from "../../core";
import type { Temperatures } from "../temperatures";

/** Asks for the temperature of a file, which now is `temperature`: a number from 0 to ∞. */
export async function setTemperature(
  temperatures: Temperatures,
  uri: vscode.Uri,
  temperature: number,
): Promise<void> {
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
  if (typeof parsed === "number") temperatures.set(uri, parsed);
}
