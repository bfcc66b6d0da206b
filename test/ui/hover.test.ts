import { expect, hoverOver, test, type Workbench } from "./workbench";

const rows = JSON.stringify(
  {
    classes: ["cat", "dog", "<img src=x onerror=alert(1)>", "[owl](command:workbench.action.quit)"],
    logits: [
      [2, 1, 0.5, 0.1],
      [1, 3, 0.25, -4],
    ],
    labels: [0, 2],
    bbox: [10, 20, 30, 40],
  },
  null,
  1,
);

/** Opens the rows as text, and waits for the lens: its line moves those below it. */
async function openRows(workbench: Workbench): Promise<void> {
  workbench.writeFile("rows.json", rows);
  await workbench.openFile("rows.json");
  const lens = "Open in Logit Inspector · 2 rows · 4 classes · H 1.12 nats in the first";
  await expect(workbench.page.getByText(lens)).toBeVisible();
}

test("the mouse over a number shows the distribution of its row", async ({ workbench }, info) => {
  const { page } = workbench;
  await openRows(workbench);
  const hover = await hoverOver(page, "0.25");
  await expect(hover).toContainText("row 1 of 2 × 4");
  const row = (name: RegExp) => hover.getByRole("row", { name });
  await expect(row(/1 dog 3\.00000 83\.3 %/)).toBeVisible();
  await expect(row(/▸ 3 <img src=x onerror=alert\(1\)> ✓ label/)).toBeVisible();
  await expect(hover).toContainText("[owl](command:workbench.action.quit)");
  await expect(hover.locator("img")).toHaveCount(0);
  const links = ["Open row in Logit Inspector", "Set temperature"];
  await expect(hover.locator("a")).toHaveText(links);
  await info.attach("hover", { body: await page.screenshot(), contentType: "image/png" });
});

test("a temperature set in a hover is the text's and the editor's, which opens at the row", async ({
  workbench,
}) => {
  const { page } = workbench;
  await openRows(workbench);
  const first = await hoverOver(page, "0.25");
  await first.getByText("Set temperature").click();
  await page.locator(".quick-input-widget input").first().fill("2");
  await page.keyboard.press("Enter");
  const second = await hoverOver(page, "0.25");
  await expect(second).toContainText("p at T = 2");
  await second.getByText("Open row in Logit Inspector").click();
  const view = workbench.webview();
  await expect(view.getByText("Row 1 at T = 2")).toBeVisible();
  await view.getByRole("button", { name: "Temperature 0.5", exact: true }).click();
  await workbench.runCommand("Logit Inspector: Reopen as Text");
  await expect(await hoverOver(page, "0.25")).toContainText("p at T = 0.5");
});

test("the mouse over a file's name in a program shows what the file holds", async ({
  workbench,
}, info) => {
  const { page } = workbench;
  workbench.writeFile("load.py", 'import numpy as np\n\nz = np.load("digits/val_logits.npy")\n');
  await workbench.openFile("load.py");
  const hover = await hoverOver(page, '"digits/val_logits.npy"');
  await expect(hover).toContainText(/val_logits\.npy · 600 × 10 · float\d+ · logits/);
  await expect(hover).toContainText("labels: val_labels.npy");
  await info.attach("dump", { body: await page.screenshot(), contentType: "image/png" });
  await hover.getByText("Open in Logit Inspector").click();
  await expect(workbench.webview().getByText(/Row 0 at T = 1/)).toBeVisible();
});
