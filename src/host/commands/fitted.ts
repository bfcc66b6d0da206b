import * as vscode from "vscode";
import type { LogitDocument } from "../logitDocument";
import type { ViewRegistry } from "../viewRegistry";
import { calibrate } from "./calibrate";

/** Sets the temperature of the dump in front to the fitted one. */
export async function setToFitted(views: ViewRegistry): Promise<void> {
  const found = await fitted(views);
  if (found) found.document.temperature = found.T;
}

/** Copies the fitted temperature at full precision. */
export async function copyFitted(views: ViewRegistry): Promise<void> {
  const found = await fitted(views);
  if (found) await vscode.env.clipboard.writeText(String(found.T));
}

/** The fit of the dump in front, made now if there is none; undefined where there is no T. */
async function fitted(
  views: ViewRegistry,
): Promise<{ document: LogitDocument; T: number } | undefined> {
  const document = views.active?.document;
  if (!document) return undefined;
  if (!document.calibration) await calibrate(views, undefined);
  const T = document.calibration?.fit.T ?? NaN;
  return Number.isNaN(T) ? undefined : { document, T };
}
