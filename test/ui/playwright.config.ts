import { defineConfig } from "@playwright/test";
import { chromiumOptions } from "../workbench/chromium.mjs";

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.test.ts",
  // One VS Code at a time: two would share the cores and so disturb each other's timing.
  workers: 1,
  // Generous, for two busy cores: a test that passes waits for none of them.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // A shared machine can stall for longer than that: one more try, which the list tells as "flaky".
  retries: process.env.CI ? 1 : 0,
  outputDir: "../../test-results/ui",
  reporter: [["list"], ["json", { outputFile: "../../test-results/ui.json" }]],
  use: {
    // So that a click which finds nothing names itself, instead of the test that timed out.
    actionTimeout: 20_000,
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: true },
    launchOptions: chromiumOptions(),
  },
});
