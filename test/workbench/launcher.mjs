#!/usr/bin/env node
// Stands in for the `code` program where no desktop VS Code can run: takes the arguments that
// @vscode/test-electron passes, runs the suite in the browser workbench, exits with its code.
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { chromiumOptions, installChromium } from "./chromium.mjs";
import { installCodeServer } from "./install.mjs";
import { pageAddress, startServer } from "./server.mjs";

const { chromium } = createRequire(import.meta.url)("@playwright/test");

const runPatience = 10 * 60_000;

/** What the workbench itself logs at every start, native modules that nobody needs among it. */
const noise =
  /^(Resolv|Creating a socket|Ignoring fetching|Updating additional|\[Service Worker\]|ChatSession)|(bindings file|Release\/watchdog)/;

const option = name => process.argv.find(arg => arg.startsWith(`--${name}=`))?.split(/=(.*)/s)[1];

async function runSuite() {
  await installCodeServer();
  await installChromium();
  const server = await startServer();
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage();
    return await suiteExit(page, () =>
      page.goto(
        pageAddress(server.address, {
          folder: process.argv.slice(2).find(arg => !arg.startsWith("-")) ?? tmpdir(),
          development: option("extensionDevelopmentPath"),
          tests: option("extensionTestsPath"),
        }),
      ),
    );
  } finally {
    await browser.close();
    await server.end();
  }
}

/** The exit code that the workbench hands over when the suite's `run()` has ended. */
function suiteExit(page, open) {
  return new Promise((resolve, reject) => {
    const fail = sentence => reject(new Error(sentence));
    const patience = setTimeout(() => fail("The suite did not end in ten minutes."), runPatience);
    page.on("crash", () => fail("The browser page crashed."));
    const expose = [
      page.exposeFunction("codeAutomationExit", code => {
        clearTimeout(patience);
        resolve(code);
      }),
      page.exposeFunction("codeAutomationLog", (type, args) => {
        if (noise.test(String(args[0]))) return;
        const write = type === "error" ? console.error : console.log;
        write(...args);
      }),
    ];
    Promise.all(expose).then(open).catch(reject);
  });
}

process.exitCode = await runSuite().catch(error => {
  console.error(error.message);
  return 1;
});
