import assert from "node:assert/strict";
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { noMemory } from "./noMemory";
import { ComputeClient } from "../../src/host/computeClient";
import { LogitDocument } from "../../src/host/logitDocument";

const rows = 50_000;
const classes = 1000;

/** 200 MB of float32 zeros but for the last row, which counts down. Sparse: little of it on disk. */
function writeLargeFile(file: string): void {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${classes}), }`;
  const text = `${header.padEnd(117)}\n`;
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0]);
  const handle = openSync(file, "w");
  writeSync(handle, Buffer.concat([start, Buffer.from(text)]));
  const offset = start.length + text.length;
  ftruncateSync(handle, offset + 4 * rows * classes);
  const last = Float32Array.from({ length: classes }, (_, k) => -k);
  writeSync(
    handle,
    Buffer.from(last.buffer),
    0,
    last.byteLength,
    offset + 4 * (rows - 1) * classes,
  );
  closeSync(handle);
}

describe("a dump of 200 MB", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "logit-inspector-large-"));
  const file = path.join(folder, "large.npy");
  let compute: ComputeClient;
  let document: LogitDocument;

  before(() => {
    writeLargeFile(file);
    const { extensionUri } = vscode.extensions.getExtension("logit-inspector.logit-inspector")!;
    compute = new ComputeClient(extensionUri);
  });

  after(() => {
    document.dispose();
    compute.dispose();
    rmSync(folder, { recursive: true });
  });

  it("shows any row while the rest is unread, in little memory", async () => {
    const before = process.memoryUsage().rss;
    document = new LogitDocument(vscode.Uri.file(file), compute, noMemory);
    const { info, failure } = await document.state();
    assert.equal(failure, null);
    assert.equal(info?.rows, rows);
    assert.equal(info.classes, classes);
    const row = await document.ask("row", { index: rows - 1 });
    assert.equal(row.logits[classes - 1], 1 - classes);
    const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
    assert.ok(grown < 100, `memory grew by ${grown.toFixed(0)} MB`);
  });

  it("is looked through in bounded memory, with progress, and can be stopped", async () => {
    const before = process.memoryUsage().rss;
    let reported = 0;
    const scan = await document.ask("scan", { temperature: 1 }, { onProgress: () => reported++ });
    assert.equal(scan.argMax[rows - 1], 0);
    assert.ok(Math.abs(scan.confidence[0] - 1 / classes) < 1e-12);
    assert.ok(reported > 0);
    const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
    assert.ok(grown < 150, `memory grew by ${grown.toFixed(0)} MB`);

    const controller = new AbortController();
    const stopped = document.ask("scan", { temperature: 2 }, { signal: controller.signal });
    controller.abort();
    await assert.rejects(stopped, /Cancelled/);
  });
});
