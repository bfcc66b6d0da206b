// `npm test`: everything that must hold, from an empty node_modules. The last line is the verdict.
// A developer may run one kind of tests alone: `npm test -- --only=node`, `host` or `ui`.
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { kinds, readOutcomes } from "./reports.mjs";
import { installChromium } from "./workbench/chromium.mjs";
import { installCodeServer, installPackages } from "./workbench/install.mjs";
import { hasDisplay, npm, pathInRoot, root, run } from "./workbench/processes.mjs";

/** The oldest VS Code that the manifest's `engines` allows: what is promised is what is tested. */
const vscodeVersion = "1.100.3";

const { only } = parseArgs({ options: { only: { type: "string" } } }).values;
const chosen = Object.keys(kinds).filter(kind => !only || kind === only);
const counts = { passed: 0, failed: 0, skipped: 0 };

const node = (file, ...args) => run(process.execPath, [pathInRoot(file), ...args]);

async function main() {
  if (chosen.length === 0)
    throw new Error(`--only takes one of: ${Object.keys(kinds).join(", ")}.`);
  rmSync(pathInRoot("test-results"), { recursive: true, force: true });
  await installPackages();
  if (!only) {
    await check("Type check", () => npm(["run", "--silent", "check"]));
    await check("Lint", () => npm(["run", "--silent", "lint"]));
  }
  if (chosen.includes("node")) {
    const config = pathInRoot("test", "vitest.config.mts");
    await suite("node", "Tests in plain Node", () =>
      node("node_modules/vitest/vitest.mjs", "run", "--root", root, "--config", config),
    );
  }
  if (!chosen.includes("host") && !chosen.includes("ui")) return;
  const ready =
    (await check("Build", () => node("esbuild.js"))) &&
    (await check("A VS Code and a browser to test in", installWorkbench));
  if (!ready) return fail("So the tests in a real VS Code did not run.");
  if (chosen.includes("host")) await suite("host", "Tests inside the extension host", runInHost);
  if (chosen.includes("ui")) {
    const config = pathInRoot("test", "ui");
    await suite("ui", "Tests in the webview", () =>
      node("node_modules/@playwright/test/cli.js", "test", "--config", config),
    );
  }
}

async function installWorkbench() {
  await installCodeServer();
  console.log(`The browser is ${await installChromium()}.`);
  return 0;
}

/** Runs the mocha suites in a desktop VS Code where one can be had, else in the browser workbench. */
async function runInHost() {
  const { downloadAndUnzipVSCode, runTests } = await import("@vscode/test-electron");
  const workspace = mkdtempSync(path.join(tmpdir(), "logit-inspector-host-"));
  if (existsSync(pathInRoot("media", "samples"))) {
    cpSync(pathInRoot("media", "samples"), workspace, { recursive: true });
  }
  try {
    return await runTests({
      vscodeExecutablePath: await executable(downloadAndUnzipVSCode),
      extensionDevelopmentPath: root,
      extensionTestsPath: pathInRoot("dist", "test", "host", "index.js"),
      launchArgs: [workspace, "--disable-extensions"],
    });
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

async function executable(download) {
  const launcher = pathInRoot("test", "workbench", "launcher.mjs");
  if (!hasDisplay()) return launcher;
  try {
    return await download({ version: vscodeVersion, timeout: 20_000 });
  } catch (error) {
    console.log(
      `VS Code can't be downloaded here (${error.message}): the browser workbench serves.`,
    );
    return launcher;
  }
}

/** Runs a step that is no test: it counts only if it fails. Tells whether it went well. */
async function check(title, step) {
  const code = await codeOf(title, step);
  if (code !== 0) fail(`${title}: failed.`);
  return code === 0;
}

/** Runs the tests of one kind and adds up what its report says of them. */
async function suite(kind, title, step) {
  const code = await codeOf(title, step);
  const { outcomes, problems } = readOutcomes(kind);
  for (const { file, title: name, state } of outcomes) {
    counts[state]++;
    if (state === "failed") console.log(`FAILED  ${file}: ${name}`);
  }
  problems.forEach(fail);
  const explained = problems.length > 0 || outcomes.some(({ state }) => state === "failed");
  if (code !== 0 && !explained) fail(`${title}: ended with code ${code}, though no test failed.`);
}

async function codeOf(title, step) {
  console.log(`\n=== ${title}`);
  try {
    return await step();
  } catch (error) {
    console.log(error.message);
    return 1;
  }
}

function fail(sentence) {
  counts.failed++;
  console.log(`FAILED  ${sentence}`);
}

await main().catch(error => fail(error.message));
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed > 0 ? 1 : 0;
