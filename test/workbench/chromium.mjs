import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { onPath, pathInRoot, run } from "./processes.mjs";

const require = createRequire(import.meta.url);

const commands = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "msedge",
];
const desktopPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** A Chromium on this machine, or undefined: CHROMIUM_PATH, an installed browser, or Playwright's. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return given;
  const installed = commands.map(onPath).find(Boolean) ?? desktopPlaces.find(existsSync);
  if (installed) return installed;
  const playwrights = require("@playwright/test").chromium.executablePath();
  return existsSync(playwrights) ? playwrights : undefined;
}

/** Finds a Chromium, or installs one: Playwright's build, else Debian's package. */
export async function installChromium() {
  if (findChromium()) return findChromium();
  console.log("Installing Chromium for the tests (Playwright's build)…");
  await run(process.execPath, [
    pathInRoot("node_modules/@playwright/test/cli.js"),
    "install",
    "chromium",
  ]);
  if (findChromium()) return findChromium();
  if (onPath("apt-get") && process.getuid?.() === 0) {
    console.log("That did not work. Installing Debian's package chromium…");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-q"], { env });
    await run("apt-get", ["install", "-y", "-q", "chromium"], { env });
  }
  const found = findChromium();
  if (found) return found;
  throw new Error("No Chromium was found: install one, or set CHROMIUM_PATH to its program.");
}

/** How Playwright starts it: no window, no calls home; and no sandbox for root, who has none. */
export function chromiumOptions() {
  const args = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
  ];
  const executablePath = findChromium();
  return {
    ...(executablePath && { executablePath }),
    chromiumSandbox: process.platform !== "linux" || process.getuid() !== 0,
    args,
  };
}
