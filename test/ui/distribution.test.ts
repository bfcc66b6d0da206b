import type { FrameLocator, Locator } from "@playwright/test";
import { expect, test } from "./workbench";

/** The exact numbers of a column, top to bottom. */
async function numbers(table: Locator, column: number): Promise<number[]> {
  const cells = table.locator(`tbody tr > :nth-child(${column})`);
  const values = await cells.evaluateAll(all => all.map(cell => cell.getAttribute("data-value")));
  return values.map(Number);
}

const topClasses = (view: FrameLocator) => view.getByRole("table", { name: "Top classes" });
const slider = (view: FrameLocator) => view.getByRole("slider", { name: "Temperature" });
const exactValue = (view: FrameLocator) => view.getByRole("textbox", { name: "Temperature value" });
const summary = (view: FrameLocator, name: string) =>
  view
    .getByRole("table", { name: "Summary" })
    .getByRole("row", { name: new RegExp(`^${name}`) })
    .locator("td");

async function setTemperature(view: FrameLocator, text: string): Promise<void> {
  await exactValue(view).fill(text);
  await exactValue(view).press("Enter");
}

test("four logits give the worked probabilities at T = 1, ½ and 2", async ({ workbench }) => {
  await workbench.openFile("four.logits.json");
  const view = workbench.webview();
  await expect(topClasses(view)).toBeVisible();
  const atOne = await numbers(topClasses(view), 4);
  [0.5745, 0.2114, 0.1282, 0.0859].forEach((p, i) => expect(atOne[i]).toBeCloseTo(p, 4));

  await setTemperature(view, "0.5");
  await expect(topClasses(view).locator("tbody tr").first()).toContainText("0.828");
  expect((await numbers(topClasses(view), 4))[0]).toBeCloseTo(0.8282, 4);

  await view.getByRole("button", { name: "Temperature 2", exact: true }).click();
  await expect(topClasses(view).locator("tbody tr").first()).toContainText("0.405");
  expect((await numbers(topClasses(view), 4))[0]).toBeCloseTo(0.4056, 4);

  await setTemperature(view, "0");
  expect(await numbers(topClasses(view), 4)).toEqual([1, 0, 0, 0]);
  await setTemperature(view, "∞");
  expect(await numbers(topClasses(view), 4)).toEqual([0.25, 0.25, 0.25, 0.25]);
  await expect(workbench.statusBar()).toContainText("4 · float64 · logits · T ∞");
  expect(workbench.cspViolations()).toEqual([]);
});

test("the keyboard alone moves the temperature and the rows", async ({ workbench }) => {
  await workbench.openFile("digits/val_logits.npy");
  const view = workbench.webview();
  await slider(view).focus();
  await slider(view).press("Home");
  await expect(exactValue(view)).toHaveValue("0.05");
  await slider(view).press("End");
  await expect(exactValue(view)).toHaveValue("20");
  await setTemperature(view, "1");
  await slider(view).press("ArrowRight");
  expect(Number(await exactValue(view).inputValue())).toBeGreaterThan(1);
  await slider(view).press("PageDown");
  expect(Number(await exactValue(view).inputValue())).toBeLessThan(1);

  const row = view.getByRole("textbox", { name: "Row", exact: true });
  await row.fill("599");
  await row.press("Enter");
  await expect(view.getByRole("button", { name: /^Next row/ })).toBeDisabled();
  await workbench.runCommand("Logit Inspector: Previous Row");
  await expect(row).toHaveValue("598");
});

test("a temperature that is none is refused in a sentence", async ({ workbench }) => {
  await workbench.openFile("four.logits.json");
  const view = workbench.webview();
  await setTemperature(view, "-1");
  await expect(view.getByRole("alert")).toContainText("negative");
  await setTemperature(view, "1/2");
  await expect(view.getByRole("alert")).toHaveCount(0);
  expect((await numbers(topClasses(view), 4))[0]).toBeCloseTo(0.8282, 4);
});

test("rows are found by miss, by certainty and by loss", async ({ workbench }) => {
  await workbench.openFile("digits/val_logits.npy");
  const view = workbench.webview();
  const row = view.getByRole("textbox", { name: "Row", exact: true });
  await view.getByRole("button", { name: /^Next miss/ }).click();
  await expect(row).not.toHaveValue("0");
  const table = topClasses(view);
  await expect(table.locator("tbody tr").first()).not.toContainText("label");
  await view.getByRole("button", { name: /^Most certain/ }).click();
  await expect(summary(view, "Max probability")).toHaveAttribute("data-value", /^(1|0\.99)/);
  await view.getByRole("button", { name: /^Least certain/ }).click();
  await expect(view.getByText(/^The least certain of 600 rows/)).toBeVisible();
  await expect(summary(view, "Max probability")).toHaveAttribute("data-value", /^0\.[0-4]/);
  await view.getByRole("button", { name: /^Largest loss/ }).click();
  await expect(table.locator("tbody tr").first()).not.toContainText("label");
  await expect(view.getByText(/^The largest loss of 600 rows/)).toBeVisible();
});

test("pinned temperatures stand side by side", async ({ workbench }) => {
  await workbench.openFile("four.logits.json");
  const view = workbench.webview();
  await setTemperature(view, "0.5");
  await view.getByRole("button", { name: /^Pin/ }).click();
  await setTemperature(view, "2");
  await expect(topClasses(view).getByRole("columnheader")).toHaveCount(5);
  expect((await numbers(topClasses(view), 4))[0]).toBeCloseTo(0.4056, 4);
  expect((await numbers(topClasses(view), 5))[0]).toBeCloseTo(0.8282, 4);
});

test("temperature and row survive hiding, and a reload of the window", async ({ workbench }) => {
  await workbench.openFile("digits/val_logits.npy");
  const row = () => workbench.webview().getByRole("textbox", { name: "Row", exact: true });
  await row().fill("17");
  await row().press("Enter");
  await setTemperature(workbench.webview(), "2.5");
  await expect(workbench.statusBar()).toContainText("T 2.5");

  await workbench.openFile("four.logits.json");
  await expect(workbench.statusBar()).toContainText("T 1");
  await workbench.openFile("digits/val_logits.npy");
  await expect(row()).toHaveValue("17");
  await expect(exactValue(workbench.webview())).toHaveValue("2.5");

  await workbench.page.waitForTimeout(2000); // VS Code writes the state of its editors with a delay
  await workbench.reload();
  await expect(row()).toHaveValue("17");
  await expect(exactValue(workbench.webview())).toHaveValue("2.5");
});

test("a chosen kind changes the numbers, is marked, and survives", async ({ workbench }) => {
  workbench.writeFile("p.npy", npy([0.2, 0.3, 0.5]));
  await workbench.openFile("p.npy");
  const view = workbench.webview();
  await expect(summary(view, "Kind")).toContainText("probabilities");
  expect((await numbers(topClasses(view), 4))[0]).toBeCloseTo(0.5, 6);
  await view.getByRole("button", { name: /^probabilities|^Kind/ }).click();
  await view.getByRole("combobox", { name: /kind/i }).selectOption("logits");
  await expect(summary(view, "Kind")).toContainText("logits");
  const [first] = await numbers(topClasses(view), 4);
  const e = [0.2, 0.3, 0.5].map(Math.exp);
  expect(first).toBeCloseTo(e[2] / (e[0] + e[1] + e[2]), 6);
});

test("a rewritten file reloads and keeps the view; a deleted one says so", async ({
  workbench,
}) => {
  workbench.writeFile("a.npy", npy([1, 2, 3]));
  await workbench.openFile("a.npy");
  const view = workbench.webview();
  await setTemperature(view, "3");
  workbench.writeFile("a.npy", npy([5, 2, 3]));
  await expect(topClasses(view).locator("tbody tr").first()).toContainText("5.00000");
  await expect(exactValue(view)).toHaveValue("3");
  workbench.removeFile("a.npy");
  await expect(view.getByRole("alert")).toContainText(/"a\.npy".*(deleted|moved)/);
  workbench.writeFile("a.npy", npy([7, 2, 3]));
  await expect(topClasses(view).locator("tbody tr").first()).toContainText("7.00000");
  await expect(exactValue(view)).toHaveValue("3");
});

test("labels of another length name both files and both lengths", async ({ workbench }) => {
  workbench.writeFile(
    "x_logits.json",
    JSON.stringify([
      [1, 2],
      [2, 1],
    ]),
  );
  workbench.writeFile("x_labels.json", "[0, 1, 0]");
  workbench.writeFile(
    "x.logits.json",
    JSON.stringify([
      [1, 2],
      [2, 1],
    ]),
  );
  await workbench.openFile("x.logits.json");
  const alert = workbench.webview().getByRole("alert");
  await expect(alert).toContainText("x_labels.json");
  await expect(alert).toContainText("3 labels");
  await expect(alert).toContainText("2 rows");
});

/** A float32 vector as .npy bytes. */
function npy(values: number[]): Uint8Array {
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${values.length},), }`;
  const header = `${dict.padEnd(117)}\n`;
  const bytes = new Uint8Array(10 + header.length + 4 * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(Float32Array.from(values).buffer), 10 + header.length);
  return bytes;
}
