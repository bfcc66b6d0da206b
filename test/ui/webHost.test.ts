import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathInRoot } from "../workbench/processes.mjs";
import { expect, test } from "./workbench";

// The same extension without its Node entry: VS Code then has no choice but its web-worker host.
test.use({
  development: [
    async ({}, use) => {
      const copy = mkdtempSync(path.join(tmpdir(), "logit-inspector-web-"));
      const manifest = JSON.parse(readFileSync(pathInRoot("package.json"), "utf8"));
      delete manifest.main;
      delete manifest.extensionKind;
      writeFileSync(path.join(copy, "package.json"), JSON.stringify(manifest));
      cpSync(pathInRoot("dist"), path.join(copy, "dist"), { recursive: true });
      await use(copy);
      rmSync(copy, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
});

test("a dump opens in a web-worker extension host", async ({ workbench }) => {
  await workbench.openFile("four.logits.json");
  const webview = workbench.webview();
  await expect(webview.getByRole("slider", { name: "Temperature" })).toBeVisible();
  await expect(webview.getByRole("table", { name: "Top classes" })).toContainText("0.5745");
});
