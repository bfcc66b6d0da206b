import * as vscode from "vscode";
import type { Calibration } from "../../protocol/calibration";
import type { DumpInfo } from "../../protocol/dumpInfo";
import { viewTypes } from "../editorProvider";
import type { LogitDocument } from "../logitDocument";
import { withLateProgress } from "../progress";
import { temperatureText } from "../statusBar";
import { defaultChoice } from "../settings";
import type { ViewRegistry } from "../viewRegistry";
import type { ViewPanel } from "../viewPanel";

/** Opens a dump's Calibration tab, fits the temperature, and says the outcome in one sentence. */
export async function calibrate(views: ViewRegistry, uri: vscode.Uri | undefined): Promise<void> {
  const view = await viewOf(views, uri);
  if (!view) {
    void vscode.window.showInformationMessage("Open a dump of logits first, then calibrate it.");
    return;
  }
  const { document } = view;
  const { info, failure } = await document.state();
  if (!info) throw new Error(failure?.message ?? "The dump can't be read.");
  if (info.partial) {
    throw new Error(
      "An answer lists a token's likeliest alternatives only; calibration needs whole rows.",
    );
  }
  if (!info.hasLabels && !(await chooseLabels(document, info))) return;
  view.command("showCalibration");
  const fitted = await withLateProgress("Fitting the temperature", options =>
    document.fit(defaultChoice(), options),
  );
  void tell(document, fitted);
  await withLateProgress("Judging the fit on rows held out", options =>
    document.judge(fitted, options),
  );
}

/** The view in front, or of the file given, opened if need be. */
async function viewOf(
  views: ViewRegistry,
  uri: vscode.Uri | undefined,
): Promise<ViewPanel | undefined> {
  if (!uri || views.active?.document.uri.toString() === uri.toString()) return views.active;
  await vscode.commands.executeCommand("vscode.openWith", uri, viewTypes[0]);
  return views.active;
}

/** Asks which of the dump's arrays, or which file, holds the labels. */
async function chooseLabels(document: LogitDocument, info: DumpInfo): Promise<boolean> {
  const arrays = info.sources.filter(
    source => source.id !== info.reading.logits && source.refusal === null,
  );
  const items = [
    ...arrays.map(({ id }) => ({ label: id, id })),
    { label: "$(folder-opened) Another File…", id: undefined },
  ];
  const picked = await vscode.window.showQuickPick<(typeof items)[number]>(items, {
    title: "Labels",
    placeHolder: "Calibration compares with the right answers: which file or key holds them?",
  });
  if (!picked) return false;
  if (picked.id !== undefined) {
    return accepted(await document.read({ ...info.overrides, labels: picked.id }));
  }
  const files = await vscode.window.showOpenDialog({ title: "Choose Labels" });
  return files?.[0] ? accepted(await document.pair("labels", files[0])) : false;
}

/** @throws Error with the sentence why the labels don't fit */
function accepted(info: DumpInfo): boolean {
  if (!info.hasLabels) throw new Error(info.problems.at(-1) ?? "These labels don't fit.");
  return true;
}

async function tell(document: LogitDocument, { fit }: Calibration): Promise<void> {
  const use = fit.verdict === "optimum" ? [`Set T to ${temperatureText(fit.T)}`] : [];
  const answer = await vscode.window.showInformationMessage(fit.sentence, ...use);
  if (answer !== undefined) document.temperature = fit.T;
}
