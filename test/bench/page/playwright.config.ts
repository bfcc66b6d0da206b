import { defineConfig } from "@playwright/test";
import { chromiumOptions } from "../../workbench/chromium.mjs";

/** The benchmarks that need a page: `webview.bench.ts` starts them and reads what they print. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.page.ts",
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  outputDir: "../../../test-results/bench",
  reporter: [["line"]],
  use: { viewport: { width: 1280, height: 800 }, launchOptions: chromiumOptions() },
});
