// `npm start`: from a fresh checkout to VS Code on the sample dumps. Installs what is missing, builds,
// opens the desktop VS Code if there is one, else the browser workbench, and ends all of it on Ctrl-C.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { installCodeServer, installPackages } from "./install.mjs";
import { endTree, hasDisplay, onPath, pathInRoot, root, run, spawnTree } from "./processes.mjs";
import { pageAddress, startServer } from "./server.mjs";

const { values } = parseArgs({
  options: {
    folder: { type: "string", default: pathInRoot("media", "samples") },
    port: { type: "string", default: "0" },
  },
});
const folder = path.resolve(values.folder);

async function start() {
  await installPackages();
  console.log("Building the extension…");
  if ((await run(process.execPath, [pathInRoot("esbuild.js")])) !== 0) {
    throw new Error("The build failed; its message is above.");
  }
  const code = hasDisplay() && onPath("code");
  const end = code ? openDesktop(code) : await openBrowserWorkbench();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => void end().then(() => process.exit(0)));
  }
}

/** A VS Code of its own, with a fresh profile: nothing of the person's is touched. */
function openDesktop(code) {
  const data = mkdtempSync(path.join(tmpdir(), "logit-inspector-"));
  const profile = [`--user-data-dir=${data}`, `--extensions-dir=${path.join(data, "extensions")}`];
  const quiet = ["--skip-welcome", "--skip-release-notes", "--disable-workspace-trust"];
  const development = `--extensionDevelopmentPath=${root}`;
  console.log(`Opening VS Code on ${folder}; Ctrl-C closes it.`);
  const child = spawnTree(code, [...profile, ...quiet, development, "--wait", folder], {
    stdio: "inherit",
  });
  const end = async () => {
    await endTree(child);
    endWindow(data);
    rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  child.once("exit", code => void end().then(() => process.exit(code ?? 0)));
  return end;
}

/** `code` leaves the window to a process of its own, whose id VS Code keeps in its profile. */
function endWindow(data) {
  try {
    process.kill(Number(readFileSync(path.join(data, "code.lock"), "utf8")));
  } catch {
    // The window is closed already.
  }
}

async function openBrowserWorkbench() {
  await installCodeServer();
  const server = await startServer({ port: values.port });
  console.log(`\nVS Code is ready; open this page (Ctrl-C ends it):\n`);
  console.log(pageAddress(server.address, { folder, development: root }));
  return server.end;
}

await start().catch(error => {
  console.error(error.message);
  process.exit(1);
});
