import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathInRoot } from "../workbench/processes.mjs";
import { expect, hoverOver, test } from "./workbench";

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

test("a hover works in a web-worker extension host", async ({ workbench }) => {
  const { page } = workbench;
  workbench.writeFile("plain.json", '{"scores": [2, 1, 0.5, 0.1]}');
  workbench.writeFile("load.py", 'np.load("digits/val_logits.npy")');
  await workbench.openFile("plain.json");
  await expect(await hoverOver(page, "0.5")).toContainText("57.5 %");
  await workbench.openFile("load.py");
  await expect(await hoverOver(page, '"digits/val_logits.npy"')).toContainText("600 × 10");
});
