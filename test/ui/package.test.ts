import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { installCodeServer } from "../workbench/install.mjs";
import { npm, pathInRoot } from "../workbench/processes.mjs";
import { installExtension } from "../workbench/server.mjs";
import { expect, test } from "./workbench";

const vsix = pathInRoot("dist", "logit-inspector.vsix");
const largest = 2_000_000;

/** Each file that may be shipped; whatever else turns up in the package fails the test. */
const shipped = [
  /^(package\.json|readme\.md|changelog\.md|license(\.txt)?|\.vsixmanifest)$/i,
  /^dist\/(web\/)?[^/]+\.(js|css)$/,
  /^media\/(icon\.png|screenshots\/\w+\.png|samples\/.+\.(npy|npz|safetensors|jsonl?|md))$/,
];

// What a person installs, and nothing that is under development.
test.use({
  development: undefined,
  extensions: [
    async ({}, use) => {
      const extensions = mkdtempSync(path.join(tmpdir(), "logit-inspector-installed-"));
      expect(await npm(["run", "package"])).toBe(0);
      await installCodeServer();
      installExtension(vsix, extensions);
      await use(extensions);
      rmSync(extensions, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

test("the package holds what runs, nothing else, in less than 2 MB", ({ extensions }) => {
  expect(statSync(vsix).size).toBeLessThan(largest);
  const [installed] = readdirSync(extensions!).filter(name => name.startsWith("logit-inspector."));
  const folder = path.join(extensions!, installed!);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(name => statSync(path.join(folder, name)).isFile())
    .map(name => name.replaceAll("\\", "/"));
  expect(files.filter(name => !shipped.some(pattern => pattern.test(name)))).toEqual([]);
  const bundles = [
    "extension.js",
    "onDemand.js",
    "worker.js",
    "webview.js",
    "web/extension.js",
    "web/worker.js",
  ];
  expect(files).toEqual(expect.arrayContaining(bundles.map(name => `dist/${name}`)));
});

test("the installed package opens a dump", async ({ workbench }) => {
  await workbench.openFile("four.logits.json");
  const slider = workbench.webview().getByRole("slider", { name: "Temperature" });
  await expect(slider).toBeVisible();
});
