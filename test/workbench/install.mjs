import { existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { npm, onPath, pathInRoot } from "./processes.mjs";

/** The npm package that carries the VS Code server of `engines.vscode` (1.100.3), prebuilt. */
const codeServerVersion = "4.100.3";
const codeServerHome = pathInRoot(".vscode-test", `code-server-${codeServerVersion}`);

/** code-server's entry point, to be run by Node. */
export const codeServer = path.join(codeServerHome, "node_modules", "code-server");

/** Installs the development packages if they are missing or older than the lock file. */
export async function installPackages() {
  const installed = pathInRoot("node_modules", ".package-lock.json");
  const lock = pathInRoot("package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log("Installing the development packages (npm ci)…");
  await succeed(npm(["ci", "--no-audit", "--no-fund"]), "npm could not install the packages.");
}

/**
 * Installs VS Code's server and workbench, from npm alone, about 300 MB.
 * Its install scripts are skipped, for they fetch and build what is not needed here; argon2 alone is
 * built, since the entry point loads it.
 */
export async function installCodeServer() {
  const done = path.join(codeServerHome, ".complete");
  if (existsSync(done)) return;
  rmSync(codeServerHome, { recursive: true, force: true });
  mkdirSync(codeServerHome, { recursive: true });
  const server = path.join(codeServer, "lib", "vscode");
  const failure = "The browser workbench could not be installed from npm; its message is above.";
  const quietly = ["--no-audit", "--no-fund", "--loglevel=error"];

  console.log(`Installing the browser workbench (code-server ${codeServerVersion}), step 1 of 3…`);
  const name = `code-server@${codeServerVersion}`;
  const toHome = ["--prefix", codeServerHome, ...quietly];
  await succeed(npm(["install", "--ignore-scripts", ...toHome, name]), failure);
  console.log("Step 2 of 3: the packages of VS Code's server…");
  const toServer = ["--prefix", server, ...quietly];
  const only = ["--omit=dev", "--ignore-scripts"];
  await succeed(npm(["install", ...only, ...toServer], { cwd: server }), failure);
  console.log("Step 3 of 3: one native module…");
  await succeed(npm(["rebuild", "argon2", ...toHome], { cwd: codeServerHome }), failure);
  linkRipgrep(server);
  writeFileSync(done, "");
}

/** File search works where ripgrep is installed; elsewhere the server only logs that it is missing. */
function linkRipgrep(server) {
  const ripgrep = onPath("rg");
  const bin = path.join(server, "node_modules", "@vscode", "ripgrep", "bin");
  if (!ripgrep || existsSync(bin)) return;
  mkdirSync(bin);
  symlinkSync(ripgrep, path.join(bin, path.basename(ripgrep)));
}

async function succeed(exitCode, sentence) {
  if ((await exitCode) !== 0) throw new Error(sentence);
}
