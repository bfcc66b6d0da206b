import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** `pathInRoot("test", "run.mjs")` is that file's absolute path. */
export const pathInRoot = (...parts) => path.join(root, ...parts);

/** Whether a window can be shown: always on Windows and macOS, elsewhere where a display is set. */
export const hasDisplay = () =>
  ["win32", "darwin"].includes(process.platform) ||
  Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** The file that the command `name` would run, or undefined where PATH holds none. */
export function onPath(name) {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  return folders
    .flatMap(folder => endings.map(ending => path.join(folder, name + ending)))
    .find(file => existsSync(file));
}

/**
 * Runs a program in the foreground and returns its exit code.
 * Standard input stays closed: nothing that we run may wait for an answer.
 */
export function run(command, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ["ignore", "inherit", "inherit"];
    const child = spawn(...spawnable(command, args), { cwd, env, stdio, shell: isScript(command) });
    child.on("error", reject);
    child.on("close", code => resolve(code ?? 1));
  });
}

/** Runs npm, the very one that started us if one did: a bare `npm` cannot be spawned on Windows. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith("npm-cli.js")) return run(process.execPath, [cli, ...args], options);
  return run(onPath("npm") ?? "npm", args, options);
}

/** Starts a program as the head of its own process tree, to be ended by `endTree`. */
export function spawnTree(command, args, options = {}) {
  const detached = process.platform !== "win32";
  return spawn(...spawnable(command, args), { detached, shell: isScript(command), ...options });
}

/** Windows runs its command scripts through the shell alone, which wants every word quoted. */
const isScript = command => command.endsWith(".cmd");
const spawnable = (command, args) =>
  isScript(command) ? [`"${command}"`, args.map(word => `"${word}"`)] : [command, args];

/** Ends what `spawnTree` started, with all its children, and waits until it is gone. */
export async function endTree(child) {
  if (child.exitCode !== null || child.signalCode !== null) return signalTree(child, "SIGKILL");
  const closed = new Promise(resolve => child.once("exit", resolve));
  signalTree(child, "SIGTERM");
  const patience = setTimeout(() => signalTree(child, "SIGKILL"), 3000);
  await closed;
  clearTimeout(patience);
  signalTree(child, "SIGKILL");
}

function signalTree(child, signal) {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
