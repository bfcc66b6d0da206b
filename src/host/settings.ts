import * as vscode from "vscode";
import type { CalibrationChoice } from "../protocol/calibration";
import type { Settings } from "../protocol/settings";

export const settingsRoot = "logitInspector";

/** The settings as they are now; out-of-range values fall back to the nearest that is allowed. */
export function readSettings(): Settings & { warnSizeMB: number } {
  const settings = vscode.workspace.getConfiguration(settingsRoot);
  const number = numbersOf(settings);
  return {
    defaultTemperature: number("defaultTemperature", 1, 0.05, 20),
    topK: Math.round(number("topK", 10, 1, 100)),
    bins: Math.round(number("bins", 15, 1, 100)),
    entropyUnit: settings.get("entropyUnit") === "bits" ? "bits" : "nats",
    warnSizeMB: number("warnSize", 256, 1, 1_000_000),
  };
}

/** Numbers of the settings: the nearest that is allowed, or a fallback for what is no number. */
function numbersOf(settings: vscode.WorkspaceConfiguration) {
  return (name: string, fallback: number, min: number, max: number) => {
    const value: unknown = settings.get(name);
    return typeof value === "number" && !Number.isNaN(value)
      ? Math.min(max, Math.max(min, value))
      : fallback;
  };
}

/** What hovers and lenses do, as it is set now. */
export function readHoverSettings() {
  const settings = vscode.workspace.getConfiguration(settingsRoot);
  const files: unknown = settings.get("hoverFiles");
  return {
    isOn: settings.get("hover") !== false,
    hasLenses: settings.get("codeLens") !== false,
    topK: Math.round(numbersOf(settings)("hoverTopK", 5, 1, 100)),
    entropyUnit: readSettings().entropyUnit,
    everyArray: settings.get("hoverEveryArray") === true,
    files: Array.isArray(files) ? files.filter(pattern => typeof pattern === "string") : [],
  };
}

/** How calibration is computed where a person chose nothing in the view. */
export function defaultChoice(): CalibrationChoice {
  return { clip: null, bins: readSettings().bins, convention: "[lo, hi)" };
}
