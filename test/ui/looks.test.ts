import { expect, test } from "./workbench";

const themes = ["dark", "light", "highContrast", "highContrastLight"] as const;

for (const theme of themes) {
  test(`the page wears the ${theme} theme`, async ({ workbench }, testInfo) => {
    await workbench.setTheme(theme);
    await workbench.openFile("digits/val_logits.npy");
    const view = workbench.webview();
    await expect(view.getByRole("table", { name: "Top classes" })).toBeVisible();
    await view.getByRole("button", { name: "Pin", exact: true }).click();
    await view.getByRole("button", { name: "Temperature 2", exact: true }).click();
    const body = view.locator("body");
    const colors = await body.evaluate(element => {
      const style = getComputedStyle(element);
      return [style.color, style.backgroundColor];
    });
    expect(colors[0]).not.toBe(colors[1]);
    expect(workbench.cspViolations()).toEqual([]);
    await testInfo.attach(theme, {
      body: await workbench.page.screenshot(),
      contentType: "image/png",
    });
  });
}

test("every control has a name, and the page fits a narrow split", async ({
  workbench,
}, testInfo) => {
  await workbench.openFile("transformer/attention.npz");
  const view = workbench.webview();
  await expect(view.getByRole("table", { name: "Top classes" })).toBeVisible();
  const snapshot = await view.locator("body").ariaSnapshot();
  expect(snapshot).toContain('slider "Temperature"');
  expect(snapshot).toMatch(/tab "Distribution"/);
  expect(snapshot).not.toMatch(/- (button|textbox|combobox|slider|spinbutton)(:| \[|$)/m);
  await workbench.page.setViewportSize({ width: 760, height: 800 });
  const overflow = await view.locator("html").evaluate(page => page.scrollWidth - page.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await testInfo.attach("narrow", {
    body: await workbench.page.screenshot(),
    contentType: "image/png",
  });
});
