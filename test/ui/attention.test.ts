import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { FrameLocator, Locator } from "@playwright/test";
import { expect, test, type Workbench } from "./workbench";

async function openAttention(workbench: Workbench, file: string): Promise<FrameLocator> {
  await workbench.openFile(file);
  const view = workbench.webview();
  await view.getByRole("tab", { name: "Attention" }).click();
  await expect(view.getByRole("img", { name: /^Attention map/ })).toBeVisible();
  return view;
}

const row = (view: FrameLocator) => view.getByRole("table", { name: "Attention row" });

/** The numbers of a column of a table, at full precision. */
async function numbersOf(table: Locator, column: number): Promise<number[]> {
  const cells = table.locator("tbody tr");
  const texts = await cells.evaluateAll(
    (rows, at) => rows.map(tr => tr.children[at].getAttribute("data-value")),
    column,
  );
  return texts.map(Number);
}

async function chooseQuery(view: FrameLocator, query: string): Promise<void> {
  const field = view.getByRole("textbox", { name: "Query" });
  await field.fill(query);
  await field.press("Enter");
}

const sum = (numbers: number[]) => numbers.reduce((total, v) => total + v, 0);

test("a map, a head by its name, and a query's distribution under the slider", async ({
  workbench,
}) => {
  const view = await openAttention(workbench, "transformer/attention.npz");
  await view.getByRole("combobox", { name: "Layer" }).selectOption("1");
  await view.getByRole("combobox", { name: "Head" }).selectOption("2");
  const map = view.getByRole("img", { name: "Attention map, layer 1, head 2, 22 × 22" });
  await expect(map).toBeVisible();
  await chooseQuery(view, "5");
  await expect(view.getByRole("heading", { name: /^Query 5/ })).toBeVisible();
  const scores = await numbersOf(row(view), 2);
  const weights = await numbersOf(row(view), 3);
  expect(weights).toHaveLength(22);
  expect(sum(weights)).toBeCloseTo(1, 9);
  expect(scores.filter(v => v > -Infinity)).toHaveLength(6);
  const Z = sum(scores.map(Math.exp));
  weights.forEach((w, i) => expect(w).toBeCloseTo(Math.exp(scores[i]) / Z, 9));

  await view.getByRole("button", { name: "Temperature 2", exact: true }).click();
  const fog = sum(scores.map(v => Math.exp(v / 2)));
  await expect
    .poll(async () => (await numbersOf(row(view), 3))[0])
    .toBeCloseTo(Math.exp(scores[0] / 2) / fog, 9);
  await view.getByRole("textbox", { name: "Temperature value" }).fill("0");
  await view.getByRole("textbox", { name: "Temperature value" }).press("Enter");
  await expect.poll(async () => (await numbersOf(row(view), 3))[0]).toBe(1);
  expect(workbench.cspViolations()).toEqual([]);
});

test("the keyboard moves a cross that is spoken, and opens a query", async ({ workbench }) => {
  const view = await openAttention(workbench, "transformer/attention.npz");
  await chooseQuery(view, "3");
  const map = view.getByRole("img", { name: /^Attention map/ });
  await map.focus();
  await map.press("ArrowDown"); // the cross comes up where the chosen query is
  await map.press("ArrowDown");
  await map.press("ArrowRight");
  await expect(view.locator("[aria-live]")).toHaveText(
    /Query 4 “low”, key 1 “the”: score .*, weight .* at T = 1/,
  );
  await map.press("End");
  await expect(view.locator("[aria-live]")).toHaveText(/key 21 “\.”: masked/);
  await map.press("Enter");
  await expect(view.getByRole("textbox", { name: "Query" })).toHaveValue("4");
});

test("a click on the map opens its query", async ({ workbench }) => {
  const view = await openAttention(workbench, "transformer/attention.npz");
  const map = view.getByRole("img", { name: /^Attention map/ });
  const box = (await map.boundingBox())!;
  await map.click({ position: { x: box.width / 2, y: box.height - 10 } });
  await expect(view.getByRole("textbox", { name: "Query" })).toHaveValue("21");
  await chooseQuery(view, "99");
  await expect(view.getByText("Queries go from 0 to 21.")).toBeVisible();
});

test("all heads: sorted by a number, opened by a click, measured anew at another T", async ({
  workbench,
}) => {
  const view = await openAttention(workbench, "transformer/attention.npz");
  const heads = view.getByRole("table", { name: "Heads" });
  await expect.poll(() => numbersOf(heads, 2)).toHaveLength(12);
  await view.getByRole("button", { name: "Sink share" }).click();
  const sinks = await numbersOf(heads, 4);
  expect(sinks).toEqual([...sinks].sort((a, b) => b - a));
  await expect(heads.getByRole("columnheader", { name: "Sink share" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await heads.getByRole("button", { name: "Layer 2, head 3" }).click();
  await expect(view.getByRole("img", { name: /^Attention map, layer 2, head 3/ })).toBeVisible();
  await expect(view.getByRole("combobox", { name: "Layer" })).toHaveValue("2");

  // At T = ∞ query i of a causal map sees i + 1 keys equally.
  await view.getByRole("textbox", { name: "Temperature value" }).fill("inf");
  await view.getByRole("textbox", { name: "Temperature value" }).press("Enter");
  await expect.poll(async () => (await numbersOf(heads, 3))[0]).toBeCloseTo(11.5, 9);
  const tiles = view.getByRole("img", { name: /^All heads, 3 layers × 4 heads/ });
  await tiles.focus();
  await tiles.press("Home");
  await tiles.press("Home");
  await expect(view.locator("[aria-live]")).toHaveText(/Layer 0, head 0: entropy/);
  await tiles.press("Enter");
  await expect(view.getByRole("combobox", { name: "Head" })).toHaveValue("0");
});

test("two heads beside each other, and what was chosen survives a reload", async ({
  workbench,
}) => {
  let view = await openAttention(workbench, "transformer/attention.npz");
  await view.getByRole("combobox", { name: "Compare with" }).selectOption("2 1");
  await view.getByRole("combobox", { name: "Head" }).selectOption("3");
  await expect(view.getByRole("img", { name: /^Attention map, layer 2, head 1/ })).toBeVisible();
  const both = view.getByRole("table", { name: "Comparison" });
  await expect(both.getByRole("columnheader")).toHaveText([
    "Measure",
    "Layer 0, head 3",
    "Layer 2, head 1",
  ]);
  await expect(view.getByText(/^Jensen–Shannon divergence 0\.\d+ nats/)).toBeVisible();
  await expect(view.getByRole("img", { name: /^Mean entropy from T = 0.05 to 20/ })).toBeVisible();
  await chooseQuery(view, "7");
  await workbench.reload();
  view = workbench.webview();
  await expect(view.getByRole("img", { name: /^Attention map, layer 0, head 3/ })).toBeVisible();
  await expect(view.getByRole("img", { name: /^Attention map, layer 2, head 1/ })).toBeVisible();
  await expect(view.getByRole("textbox", { name: "Query" })).toHaveValue("7");
});

test("a map is saved as CSV, SVG and PNG", async ({ workbench }) => {
  const view = await openAttention(workbench, "transformer/attention.npz");
  for (const kind of ["CSV", "SVG", "PNG"]) {
    await view.getByRole("button", { name: kind, exact: true }).click();
    const field = workbench.page.getByRole("textbox", { name: /Save|path|Type/i }).last();
    await expect(field).toHaveValue(/attention\.npz-layer0-head0-T1/);
    await field.press("Enter");
    const name = `attention.npz-layer0-head0-T1.${kind.toLowerCase()}`;
    const file = path.join(workbench.folder, "transformer", name);
    await expect.poll(() => existsSync(file)).toBe(true);
    const start = readFileSync(file).subarray(0, 9).toString("latin1");
    expect(start).toMatch({ CSV: /^query,/, SVG: /^<svg /, PNG: /^.PNG/ }[kind]!);
  }
});

for (const theme of ["dark", "light", "highContrast", "highContrastLight"] as const) {
  test(`the map can be read in the ${theme} theme`, async ({ workbench }, testInfo) => {
    await workbench.setTheme(theme);
    const view = await openAttention(workbench, "transformer/attention.npz");
    await expect(view.getByRole("table", { name: "Heads" })).toBeVisible();
    const snapshot = await view.locator("body").ariaSnapshot();
    expect(snapshot).not.toMatch(
      /- (button|textbox|combobox|slider|spinbutton|checkbox|img)(:| \[|$)/m,
    );
    await testInfo.attach(theme, {
      body: await workbench.page.screenshot(),
      contentType: "image/png",
    });
    await workbench.page.setViewportSize({ width: 760, height: 800 });
    const overflow = () =>
      view.locator("html").evaluate(page => page.scrollWidth - page.clientWidth);
    await expect.poll(overflow).toBeLessThanOrEqual(0);
    expect(workbench.cspViolations()).toEqual([]);
  });
}

test("odd maps are right, or say in a sentence what is wrong", async ({ workbench }) => {
  const write = (name: string, content: unknown) =>
    workbench.writeFile(`${name}.logits.json`, JSON.stringify(content));
  write("columns", {
    attention: [
      [0.2, 1],
      [0.8, 0],
    ],
  });
  write("masked", {
    attention: [
      [1, 2],
      [null, null],
    ],
    tokens: ["a", "b", "c"],
  });
  write("token", { attention: [[[0.3]], [[0.9]]] });
  workbench.writeFile("nan.logits.json", '{"attention": [[NaN, 1], [0, 0]]}');

  let view = await openAttention(workbench, "columns.logits.json");
  await expect(view.getByRole("combobox", { name: "Keys" })).toHaveValue("down");
  await chooseQuery(view, "0");
  await expect.poll(() => numbersOf(row(view), 3)).toEqual([0.8, 0.2].map(near));

  view = await openAttention(workbench, "masked.logits.json");
  await expect(view.getByRole("alert").filter({ hasText: "3 tokens" })).toBeVisible();
  await chooseQuery(view, "1");
  await expect(
    view.getByText(/Query 1 has no distribution: all of its keys are masked/),
  ).toBeVisible();

  view = await openAttention(workbench, "token.logits.json");
  await view.getByRole("combobox", { name: "Head" }).selectOption("1");
  await expect(
    view.getByRole("img", { name: "Attention map, layer 0, head 1, 1 × 1" }),
  ).toBeVisible();
  await expect.poll(() => numbersOf(row(view), 3)).toEqual([1]);

  view = await openAttention(workbench, "nan.logits.json");
  await chooseQuery(view, "0");
  await expect(view.getByText(/Query 0 has no distribution: it holds NaN/)).toBeVisible();
});

test("without attention maps the tab says what it needs", async ({ workbench }) => {
  await workbench.openFile("digits/val_logits.npy");
  const tab = workbench.webview().getByRole("tab", { name: "Attention" });
  await expect(tab).toHaveAttribute("title", /Needs attention maps/);
});

const near = (value: number): unknown => expect.closeTo(value, 6);
