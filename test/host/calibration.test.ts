import assert from "node:assert/strict";
import * as vscode from "vscode";
import { calibrationReport } from "../../src/host/calibrationReport";
import { noMemory } from "./noMemory";
import { ComputeClient } from "../../src/host/computeClient";
import { copyAsPython } from "../../src/host/copyAsPython";
import { LogitDocument } from "../../src/host/logitDocument";
import { defaultChoice } from "../../src/host/settings";

const inFolder = (name: string) =>
  vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, ...name.split("/"));

/** By NumPy in float64 and bisection, when the sample was made. */
const fittedOnVal = 1.7068913021533365;

describe("calibration by commands", () => {
  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("fits a dump chosen in the explorer and copies the temperature", async () => {
    await vscode.commands.executeCommand(
      "logitInspector.calibrate",
      inFolder("digits/val_logits.npy"),
    );
    await vscode.commands.executeCommand("logitInspector.copyFitted");
    const copied = Number(await vscode.env.clipboard.readText());
    assert.ok(Math.abs(copied - fittedOnVal) < 1e-7, `copied ${copied}`);
  });
});

describe("calibration of a document", () => {
  let compute: ComputeClient;
  let document: LogitDocument;

  before(() => {
    const { extensionUri } = vscode.extensions.getExtension("logit-inspector.logit-inspector")!;
    compute = new ComputeClient(extensionUri);
    document = new LogitDocument(inFolder("digits/val_logits.npy"), compute, noMemory);
  });

  after(() => {
    document.dispose();
    compute.dispose();
  });

  it("is kept, told, and forgotten when the dump is read another way", async () => {
    await document.state();
    const told: string[] = [];
    document.onDidCalibrate(({ fit, heldOut }) => {
      told.push(`${fit.verdict}, ${heldOut ? "judged" : "not yet judged"}`);
    });
    await document.calibrate(defaultChoice());
    assert.deepEqual(told, ["optimum, not yet judged", "optimum, judged"]);
    assert.ok(document.calibration);
    await document.read({ kind: "logits" });
    assert.equal(document.calibration, null);
  });

  it("is written as a report that names every convention", async () => {
    const choice = defaultChoice();
    const calibration = await document.calibrate(choice);
    const measured = await document.ask("measure", { ...choice, temperature: 1 });
    const report = calibrationReport(document.dump!, calibration, choice, [measured]);
    assert.match(report, /ECE \(15 bins \[lo, hi\)\) \| 0\.0984/);
    assert.match(report, /T = 1\.70689/);
    assert.match(report, /NLL at 1: 0\.7578/);
    assert.match(report, /Labels: `val_labels\.npy`/);
    assert.doesNotMatch(report, /undefined|\[object/);
  });

  it("is copied as a program that loads the files", async () => {
    await copyAsPython(document, defaultChoice());
    const program = await vscode.env.clipboard.readText();
    assert.ok(program.includes(JSON.stringify(inFolder("digits/val_logits.npy").fsPath)));
    assert.ok(program.includes("val_labels.npy"));
  });
});
