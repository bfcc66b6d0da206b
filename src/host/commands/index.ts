import * as vscode from "vscode";
import { reasonOf } from "../../protocol/channel";
import { copyAsPython } from "../copyAsPython";
import { exportProbabilities } from "../exportProbabilities";
import { exportReport } from "../exportReport";
import type { LogitDocument } from "../logitDocument";
import { defaultChoice } from "../settings";
import type { Temperatures } from "../temperatures";
import type { ViewRegistry } from "../viewRegistry";
import { calibrate } from "./calibrate";
import { copyFitted, setToFitted } from "./fitted";
import { openInInspector } from "./openInInspector";
import { openSample } from "./openSample";
import { reopenAsText } from "./reopenAsText";
import { setTemperature } from "./setTemperature";

/** Registers every command of the manifest. */
export function registerCommands(
  extensionUri: vscode.Uri,
  views: ViewRegistry,
  temperatures: Temperatures,
): vscode.Disposable {
  const commands: Record<string, (uri?: vscode.Uri) => unknown> = {
    open: uri => openInInspector(uri),
    openSample: () => openSample(extensionUri),
    reopenAsText: uri => reopenAsText(uri),
    calibrate: uri => calibrate(views, uri),
    setToFitted: () => setToFitted(views),
    copyFitted: () => copyFitted(views),
    exportReport: () => withDump(views, document => exportReport(document, defaultChoice())),
    exportProbabilities: () =>
      withDump(views, document => exportProbabilities(document, document.temperature)),
    copyAsPython: () => withDump(views, document => copyAsPython(document, defaultChoice())),
    setTemperature: () =>
      withDump(views, ({ uri, temperature }) => setTemperature(temperatures, uri, temperature)),
    nextRow: () => views.active?.command("nextRow"),
    previousRow: () => views.active?.command("previousRow"),
    focusTemperature: () => views.active?.command("focusTemperature"),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(`logitInspector.${name}`, uri => inWords(run, uri)),
    ),
  );
}

/** What goes wrong in a command is one sentence for the person, and no stack. */
export async function inWords<A extends unknown[]>(
  run: (...args: A) => unknown,
  ...args: A
): Promise<void> {
  try {
    await run(...args);
  } catch (error) {
    if (reasonOf(error) === "CANCELLED") return;
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

async function withDump(
  views: ViewRegistry,
  run: (document: LogitDocument) => Promise<unknown>,
): Promise<void> {
  const document = views.active?.document;
  if (document) await run(document);
}
