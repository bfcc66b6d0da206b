import * as vscode from "vscode";
import { inWords } from "../commands";
import { setTemperature } from "../commands/setTemperature";
import { readHoverSettings, settingsRoot } from "../settings";
import type { HoverHost } from "./onDemand";

/** Documents in which logits are looked for. */
const json: vscode.DocumentSelector = [
  { language: "json" },
  { language: "jsonl" },
  { language: "jsonc" },
  { pattern: "**/*.{json,jsonl,ndjson}" },
];

/** All that is needed once somebody hovers, loaded then: most people who open a file never do. */
const onDemand = () => import("./onDemand");

/** Registers the hovers, the lenses, and the commands behind their links. */
export function registerHovers(host: HoverHost): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    preparing(host),
    host.temperatures.onDidChange(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration(settingsRoot)) changed.fire();
    }),
    vscode.languages.registerHoverProvider("*", {
      provideHover: (document, position, token) =>
        readHoverSettings().isOn
          ? cancellable(token, signal => hoverAt(document, position, host, signal))
          : null,
    }),
    vscode.languages.registerCodeLensProvider(json, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document, token) =>
        readHoverSettings().hasLenses
          ? cancellable(token, async signal => (await onDemand()).lensesOf(document, host, signal))
          : [],
    }),
    command("openRow", async (uri, place) => {
      const { openRow } = await onDemand();
      await openRow(host, uri, place);
    }),
    command("setTemperatureOf", async (uri, temperature) => {
      // The hover would go on showing the numbers at the old one.
      await vscode.commands.executeCommand("editor.action.hideHover");
      await setTemperature(host.temperatures, uri, Number(temperature));
    }),
  );
}

/** How long a text is left alone before it is prepared, in milliseconds. */
const settled = 500;

/** Prepares each JSON text that is shown for hovers over it, and again when it was changed. */
function preparing(host: HoverHost): vscode.Disposable {
  let shown = new vscode.CancellationTokenSource();
  const show = () => {
    shown.cancel();
    shown = new vscode.CancellationTokenSource();
    const { token } = shown;
    const document = vscode.window.activeTextEditor?.document;
    if (!document || vscode.languages.match(json, document) === 0) return;
    setTimeout(async () => {
      if (token.isCancellationRequested || !readHoverSettings().isOn) return;
      const { prepare } = await onDemand();
      await cancellable(token, signal => prepare(document, host, signal));
    }, settled);
  };
  show();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) show();
    }),
  );
}

async function hoverAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  host: HoverHost,
  signal: AbortSignal,
): Promise<vscode.Hover | null> {
  const { hoversFor } = await onDemand();
  for (const hover of hoversFor(vscode.languages.match(json, document) > 0)) {
    const found = await hover(document, position, host, signal);
    if (found || signal.aborted) return found;
  }
  return null;
}

/** Runs work until the editor no longer wants it; what was cancelled has nothing to say. */
async function cancellable<T>(
  token: vscode.CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const controller = new AbortController();
  const subscription = token.onCancellationRequested(() => controller.abort());
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) return null;
    throw error;
  } finally {
    subscription.dispose();
  }
}

/** A command that a link runs: the file comes as text, as links carry JSON. */
function command(
  name: string,
  run: (uri: vscode.Uri, detail: unknown) => Promise<void>,
): vscode.Disposable {
  return vscode.commands.registerCommand(
    `logitInspector.${name}`,
    (uri: unknown, detail: unknown) => inWords(run, vscode.Uri.parse(String(uri)), detail),
  );
}
