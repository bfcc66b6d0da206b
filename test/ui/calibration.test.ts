import { readFileSync } from "node:fs";
import path from "node:path";
import type { FrameLocator } from "@playwright/test";
import { expect, test, type Workbench } from "./workbench";

/** By NumPy in float64 and bisection, when the sample was made. */
const val = { T: 1.7068913021533365, nll: 0.7578679563748146 };

async function openCalibration(workbench: Workbench, file: string): Promise<FrameLocator> {
  await workbench.openFile(file);
  const view = workbench.webview();
  await view.getByRole("tab", { name: "Calibration" }).click();
  await expect(view.getByRole("table", { name: "Calibration metrics" })).toBeVisible();
  return view;
}

const metric = (view: FrameLocator, name: string, column: number) =>
  view
    .getByRole("table", { name: "Calibration metrics" })
    .getByRole("row")
    .filter({ has: view.getByRole("rowheader", { name, exact: true }) })
    .locator("td")
    .nth(column);

const valueOf = async (view: FrameLocator, name: string, column: number) =>
  Number(await metric(view, name, column).getAttribute("data-value"));

const fitted = (view: FrameLocator) => view.getByRole("status", { name: "Fitted temperature" });

test("the metrics are NumPy's, the fit is honest, and the slider moves them", async ({
  workbench,
}) => {
  const view = await openCalibration(workbench, "digits/val_logits.npy");
  await expect.poll(() => valueOf(view, "NLL", 0)).toBeCloseTo(val.nll, 9);
  for (const name of [
    "Accuracy",
    "NLL",
    "ECE",
    "MCE",
    "RMSCE",
    "Brier",
    "smECE",
    "Mean confidence",
    "Entropy",
  ]) {
    expect(await valueOf(view, name, 0), name).toBeGreaterThan(0);
    await expect.poll(() => valueOf(view, name, 1)).toBeCloseTo(await valueOf(view, name, 0), 9);
  }
  await expect(view.getByRole("table", { name: "Reliability bins" })).toBeVisible();

  await view.getByRole("button", { name: "Fit temperature" }).click();
  await expect(fitted(view)).toHaveAttribute("data-value", /^1\.70689/);
  expect(Number(await fitted(view).getAttribute("data-value"))).toBeCloseTo(val.T, 7);
  // Its column is measured only now.
  await expect.poll(() => valueOf(view, "NLL", 2)).toBeGreaterThan(0);
  await expect
    .poll(() => valueOf(view, "Entropy", 2))
    .toBeCloseTo(await valueOf(view, "NLL", 2), 7); // Guo 2017, appendix
  expect(await valueOf(view, "Accuracy", 2)).toBe(await valueOf(view, "Accuracy", 0));

  await view.getByRole("button", { name: "Temperature 2", exact: true }).click();
  await expect.poll(() => valueOf(view, "Mean confidence", 1)).toBeLessThan(0.8);
  expect(await valueOf(view, "Accuracy", 1)).toBe(await valueOf(view, "Accuracy", 0));
  expect(workbench.cspViolations()).toEqual([]);
});

test("the command opens the tab, fits, and says the outcome", async ({ workbench }) => {
  await workbench.openFile("digits/val_logits.npy");
  await expect(workbench.webview().getByRole("table", { name: "Summary" })).toBeVisible();
  await workbench.runCommand("Logit Inspector: Calibrate");
  const view = workbench.webview();
  await expect(view.getByRole("tab", { name: "Calibration", selected: true })).toBeVisible();
  await expect(fitted(view)).toHaveAttribute("data-value", /^1\.70689/);
  await expect(workbench.page.getByText(/1\.70/).first()).toBeVisible();
  await workbench.runCommand("Logit Inspector: Set Temperature to Fitted");
  await expect(workbench.statusBar()).toContainText("T 1.707");
});

test("without labels the tab says what it needs", async ({ workbench }) => {
  await workbench.openFile("four.logits.json");
  const view = workbench.webview();
  await view.getByRole("tab", { name: "Calibration" }).click();
  await expect(view.getByText(/needs labels/i).first()).toBeVisible();
});

test("data that temperature can't mend get a verdict each", async ({ workbench }) => {
  const dump = (logits: number[][], labels: number[]) => JSON.stringify({ logits, labels });
  const cases: [string, string, RegExp][] = [
    [
      "separable.logits.json",
      dump(
        [
          [3, 1],
          [0, 2],
        ],
        [0, 1],
      ),
      /every|right|T → 0|zero|0/i,
    ],
    [
      "worse.logits.json",
      dump(
        [
          [3, 1],
          [0, 2],
        ],
        [1, 0],
      ),
      /uniform|∞/i,
    ],
    [
      "equal.logits.json",
      dump(
        [
          [1, 1],
          [1, 1],
        ],
        [0, 1],
      ),
      /equal|depend/i,
    ],
    ["onerow.logits.json", dump([[3, 1, 2]], [0]), /./],
    ["oneclass.logits.json", dump([[3], [1], [2]], [0, 0, 0]), /./],
  ];
  for (const [name, text] of cases) workbench.writeFile(name, text);
  for (const [name, , says] of cases) {
    const view = await openCalibration(workbench, name);
    await view.getByRole("button", { name: "Fit temperature" }).click();
    await expect(fitted(view)).toContainText(says);
    await workbench.runCommand("View: Close Editor");
  }
});

test("a bin lists its rows, and a row opens in Distribution", async ({ workbench }) => {
  const view = await openCalibration(workbench, "digits/val_logits.npy");
  const bins = view.getByRole("table", { name: "Reliability bins" });
  await bins.getByRole("button").last().click();
  const rows = view.getByRole("table", { name: "Rows in bin" });
  await expect(rows).toBeVisible();
  await rows.getByRole("button").first().click();
  await expect(view.getByRole("tab", { name: "Distribution", selected: true })).toBeVisible();
  await expect(view.getByRole("table", { name: "Top classes" })).toBeVisible();
});

test("probabilities are exported as .npy", async ({ workbench }) => {
  await workbench.openFile("four.logits.json");
  await expect(workbench.webview().getByRole("table", { name: "Summary" })).toBeVisible();
  await workbench.runCommand("Logit Inspector: Export Calibrated Probabilities");
  const field = workbench.page.getByRole("textbox", { name: /type to narrow|file|path/i }).last();
  const target = path.join(workbench.folder, "four.logits_probabilities.npy");
  await expect(field).toHaveValue(target);
  await field.press("Enter");
  const read = () => {
    try {
      const data = Uint8Array.from(readFileSync(target).subarray(-4 * 8));
      return [...new Float64Array(data.buffer)];
    } catch {
      return [];
    }
  };
  await expect.poll(read).toHaveLength(4);
  // NumPy's exp(z − max) normalised, in float64.
  expect(read()[0]).toBeCloseTo(0.5745217239868242, 12);
});

test("the training set beside it gives the overfit reading", async ({ workbench }) => {
  const view = await openCalibration(workbench, "digits/val_logits.npy");
  await view.getByRole("button", { name: "Fit temperature" }).click();
  await expect(fitted(view)).toHaveAttribute("data-value", /^1\.70689/);
  await view.getByRole("button", { name: /Fit on another file/ }).click();
  await workbench.page.getByRole("option", { name: /train_logits\.npy/ }).click();
  await expect(view.getByText(/train_logits\.npy/).first()).toBeVisible();
  await expect(view.getByText(/0\.2368|0\.237/).first()).toBeVisible();
});

test("one bin is a valid choice, and a file without NLL offers clipping, which survives a reload", async ({
  workbench,
}) => {
  workbench.configure({ "logitInspector.bins": 1 });
  const rows = Array.from({ length: 40 }, (_, r) => (r % 4 === 0 ? [0.3, 0.7] : [0.8, 0.2]));
  const labels = rows.map((_, r) => (r % 5 === 0 ? 1 : 0));
  const dump = { probs: [...rows, [1, 0]], labels: [...labels, 1] };
  workbench.writeFile("zeros.logits.json", JSON.stringify(dump));
  const view = await openCalibration(workbench, "zeros.logits.json");
  await expect(metric(view, "NLL", 0)).toHaveAttribute("data-value", "Infinity");
  await expect(view.getByText(/true class at probability 0/)).toBeVisible();
  await expect(
    view.getByRole("table", { name: "Reliability bins" }).locator("tbody tr"),
  ).toHaveCount(1);
  await view.getByRole("button", { name: /^Clip at/ }).click();
  await expect.poll(() => valueOf(view, "NLL", 0)).toBeLessThan(5);

  await workbench.page.waitForTimeout(2000); // VS Code writes the state of its editors with a delay
  await workbench.reload();
  await expect.poll(() => valueOf(view, "NLL", 0)).toBeLessThan(5);
});
