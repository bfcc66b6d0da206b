import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { codeServer } from "./install.mjs";
import { endTree, spawnTree } from "./processes.mjs";

/** What every run starts from: nothing of a first visit stands in the way of the files. */
const quietSettings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.hover.delay": 60_000,
  "workbench.enableExperiments": false,
  "chat.commandCenter.enabled": false,
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
  "explorer.compactFolders": false,
  "explorer.confirmDelete": false,
  "git.enabled": false,
};

const startPatience = 60_000;

/**
 * Starts VS Code's server with fresh user data, and `extensions` (a folder) installed if given.
 * @param {{ port?: number | string, extensions?: string | undefined }} options
 * @returns `address` (host and port) and `end()`, which ends the whole process tree and removes the
 *   user data.
 */
export async function startServer({ port = 0, extensions } = {}) {
  const data = mkdtempSync(path.join(tmpdir(), "logit-inspector-workbench-"));
  mkdirSync(path.join(data, "User"));
  writeFileSync(path.join(data, "User", "settings.json"), JSON.stringify(quietSettings));
  const args = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-workspace-trust"];
  args.push("--disable-telemetry", "--disable-update-check", ...folders(data, extensions));
  const child = spawnTree(process.execPath, [codeServer, ...args], {
    env: serverEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = async () => {
    process.off("exit", endNow);
    await endTree(child);
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  // A crash of ours must not leave a server behind.
  const endNow = () => void endTree(child);
  process.once("exit", endNow);
  try {
    // By name, not number: webviews need a service worker, and that a secure context.
    return { address: `localhost:${await listeningPort(child)}`, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * Installs a packaged extension (.vsix) into the folder `extensions`, as a person would.
 * @throws Error with VS Code's own words if it would not.
 */
export function installExtension(vsix, extensions) {
  const data = mkdtempSync(path.join(tmpdir(), "logit-inspector-install-"));
  const args = [codeServer, ...folders(data, extensions), "--install-extension", vsix];
  execFileSync(process.execPath, args, { env: serverEnvironment(), stdio: "pipe" });
  rmSync(data, { recursive: true, force: true });
}

/**
 * The page that shows `folder`, with the extension at `development` under development there, and
 * `tests` (a module with `run()`) started in its extension host.
 * @param {string} address
 * @param {{ folder: string, development?: string | undefined, tests?: string | undefined }} what
 */
export function pageAddress(address, { folder, development, tests }) {
  const remote = file => `vscode-remote://${address}${urlPath(file)}`;
  const payload = [["skipWelcome", "true"]];
  if (development) payload.push(["extensionDevelopmentPath", remote(development)]);
  if (tests) payload.push(["extensionTestsPath", remote(tests)]);
  const query = new URLSearchParams({ folder: urlPath(folder), payload: JSON.stringify(payload) });
  return `http://${address}/?${query}`;
}

const urlPath = file => file.replaceAll("\\", "/").replace(/^(?!\/)/, "/");

function folders(data, extensions = path.join(data, "extensions")) {
  const config = path.join(data, "config.yaml");
  return ["--config", config, "--user-data-dir", data, "--extensions-dir", extensions];
}

/**
 * Without what a surrounding VS Code sets, for its variables would send our folder to that window;
 * and without the marketplace, which nothing here asks for.
 */
function serverEnvironment() {
  const ours = ([name]) => !/^(VSCODE_|CODE_SERVER|PASSWORD$|HASHED_PASSWORD$|PORT$)/.test(name);
  const env = Object.fromEntries(Object.entries(process.env).filter(ours));
  return { ...env, EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "" }) };
}

function listeningPort(child) {
  return new Promise((resolve, reject) => {
    let output = "";
    const fail = reason => reject(new Error(`VS Code's server ${reason}:\n${output}`));
    const patience = setTimeout(() => fail("did not start in a minute"), startPatience);
    const read = chunk => {
      output += chunk;
      const port = /HTTP server listening on http:\/\/[^:]+:(\d+)/.exec(output)?.[1];
      if (!port) return;
      clearTimeout(patience);
      child.stdout.off("data", read).resume();
      resolve(port);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", chunk => (output += chunk));
    child.once("error", error => fail(`could not be started (${error.message})`));
    child.once("exit", code => fail(`ended with code ${code}`));
  });
}
