import { expect, test } from "./workbench";

test("a double-click opens a dump, in every theme, without a breach of the CSP", async ({
  workbench,
}) => {
  await workbench.openFile("four.logits.json");
  const slider = workbench.webview().getByRole("slider", { name: "Temperature" });
  await expect(slider).toBeVisible();
  for (const theme of ["light", "dark", "highContrast", "highContrastLight"] as const) {
    await workbench.setTheme(theme);
    await expect(slider).toBeVisible();
  }
  expect(workbench.cspViolations()).toEqual([]);
});

test("a dump in a folder comes back after a reload", async ({ workbench }) => {
  await workbench.openFile("digits/val_logits.npy");
  await expect(workbench.webview().getByRole("slider", { name: "Temperature" })).toBeVisible();
  await expect(workbench.statusBar()).toContainText("float");
  await workbench.reload();
  await expect(workbench.webview().getByRole("slider", { name: "Temperature" })).toBeVisible();
});

test("Reopen as Text shows the file's text", async ({ workbench }) => {
  await workbench.openFile("four.logits.json");
  await expect(workbench.webview().getByRole("slider", { name: "Temperature" })).toBeVisible();
  await workbench.runCommand("Logit Inspector: Reopen as Text");
  await expect(workbench.page.locator(".monaco-editor .view-line").first()).toBeVisible();
});
