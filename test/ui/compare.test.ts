import { expect, test } from "./workbench";

test("two dumps are compared side by side, both of them alive", async ({ workbench }) => {
  workbench.writeFile("a.logits.json", "[1, 2, 3]");
  workbench.writeFile("b.logits.json", "[3, 2, 1]");
  await workbench.openFile("a.logits.json");
  await expect(workbench.webview().getByRole("table", { name: "Top classes" })).toBeVisible();
  // This workbench serves all webviews from one origin, where two that come up at once can fight
  // over its service worker until one gives up, empty; elsewhere each has an origin of its own.
  await expect(async () => {
    await workbench.runCommand("View: Close All Editors");
    await workbench.chooseFor("a.logits.json", "Select for Compare");
    await workbench.chooseFor("b.logits.json", "Compare with Selected");
    for (const [side, top] of ["2", "0"].entries()) {
      const table = workbench.webview(side).getByRole("table", { name: "Top classes" });
      await expect(table.getByRole("row").nth(1).getByRole("cell").nth(1)).toHaveText(top);
    }
  }).toPass({ timeout: 110_000 });
  expect(workbench.cspViolations()).toEqual([]);
});

test("a picked labels file stays picked when the dump is rewritten", async ({ workbench }) => {
  const rows = JSON.stringify([
    [1, 2],
    [2, 1],
  ]);
  workbench.writeFile("run.logits.json", rows);
  workbench.writeFile("elsewhere/mine.json", "[1, 0]");
  await workbench.openFile("run.logits.json");
  const view = workbench.webview();
  await view.getByRole("button", { name: "no labels" }).click();
  await view.getByRole("button", { name: /Choose a file/ }).click();
  const field = workbench.page.locator(".quick-input-widget input").first();
  await expect(field).toHaveValue(/\/$/); // filled by the dialog once it has listed the folder
  await expect(async () => {
    await field.fill(`${workbench.folder}/elsewhere/`); // the dialog may yet put its own path there
    await workbench.page.getByRole("option", { name: "mine.json" }).click({ timeout: 3000 });
  }).toPass();
  await expect(view.getByRole("button", { name: /labels: .*mine\.json/ })).toBeVisible();
  workbench.writeFile("run.logits.json", rows.replace("1", "5"));
  await expect(view.getByRole("table", { name: "Top classes" })).toContainText("5.00000");
  await expect(view.getByRole("button", { name: /labels: .*mine\.json/ })).toBeVisible();
});
