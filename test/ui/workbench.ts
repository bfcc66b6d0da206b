import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test as base, type FrameLocator, type Locator, type Page } from "@playwright/test";
import { installCodeServer } from "../workbench/install.mjs";
import { pathInRoot, root } from "../workbench/processes.mjs";
import { pageAddress, startServer } from "../workbench/server.mjs";

export { expect };

type Server = Awaited<ReturnType<typeof startServer>>;

const themes = {
  dark: { setting: "Default Dark Modern", className: "vs-dark" },
  light: { setting: "Default Light Modern", className: "vs" },
  highContrast: { setting: "Default High Contrast", className: "hc-black" },
  highContrastLight: { setting: "Default High Contrast Light", className: "hc-light" },
};

/** A real VS Code in the test's page, opened on `folder`, and what a person does in it. */
export class Workbench {
  /** Console messages of all frames that tell of a breach of a content security policy. */
  private readonly violations: string[] = [];

  private constructor(
    readonly page: Page,
    /** The workspace folder on disk: a copy, made for this test alone. */
    readonly folder: string,
  ) {}

  /** Opens a fresh copy of the folder `files`, with the extension at `development`, if any. */
  static async open(
    page: Page,
    server: Server,
    { files, development }: { files: string; development: string | undefined },
  ): Promise<Workbench> {
    const folder = mkdtempSync(path.join(tmpdir(), "logit-inspector-ui-"));
    cpSync(files, folder, { recursive: true });
    const workbench = new Workbench(page, folder);
    // VS Code watches the file at once if it is there, else only by polling.
    workbench.configure({});
    page.on("console", message => {
      const text = message.text();
      if (/content security policy/i.test(text)) workbench.violations.push(text);
    });
    await page.goto(pageAddress(server.address, { folder, development }));
    await expect(workbench.explorer).toBeVisible({ timeout: 60_000 });
    await workbench.knowsExtension();
    return workbench;
  }

  /** Leaves VS Code, so that the server ends its extension host, and removes the folder. */
  async close(): Promise<void> {
    try {
      await this.page.goto("about:blank");
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  /** Reloads the window: VS Code saves its state and brings the editors back. */
  async reload(): Promise<void> {
    // By VS Code's own command: the browser's reload would not wait for the state to be saved.
    const loaded = this.page.waitForEvent("load", { timeout: 60_000 });
    await this.runCommand("Developer: Reload Window");
    await loaded;
    await expect(this.explorer).toBeVisible({ timeout: 60_000 });
  }

  /** Waits until VS Code knows the extension: a file opened earlier would come up as text. */
  private async knowsExtension(): Promise<void> {
    const ours = this.page.getByRole("option", { name: "Logit Inspector: " }).first();
    await expect(async () => {
      await this.searchCommands("Logit Inspector: ");
      const known = await ours.waitFor({ timeout: 1000 }).then(
        () => true,
        () => false,
      );
      // Closed in any case: an open palette would not look again.
      await this.page.keyboard.press("Escape");
      expect(known).toBe(true);
    }).toPass({ timeout: 60_000 });
  }

  /** Opens a file as a person does: unfolds its folders, scrolls to it, double-clicks it. */
  async openFile(name: string): Promise<void> {
    const folders = name.split("/");
    const file = folders.pop()!;
    for (const folder of folders) {
      const item = await this.explorerItem(folder);
      if ((await item.getAttribute("aria-expanded")) === "false") await item.click();
    }
    await (await this.explorerItem(file)).dblclick();
    await expect(this.page.getByRole("tab", { name: file }).first()).toBeVisible();
  }

  /** Chooses an item of a file's menu in the explorer. */
  async chooseFor(name: string, item: string): Promise<void> {
    await (await this.explorerItem(name)).click({ button: "right" });
    const entry = this.page.getByRole("menuitem", { name: item, exact: true });
    await expect(entry).toBeVisible();
    // A menu that has just opened takes no click, lest the one that opened it choose something.
    await expect(async () => {
      if (await entry.isVisible()) await entry.click({ timeout: 2000 });
      await expect(entry).toBeHidden({ timeout: 1000 });
    }).toPass({ timeout: 20_000 });
  }

  /** The page of the custom editor in sight; in a split, of the `nth` one. */
  webview(nth = 0): FrameLocator {
    const outer = 'iframe.webview.ready[src*="extensionId=logit-inspector.logit-inspector"]';
    const visible = this.page.locator(outer).filter({ visible: true });
    return visible.nth(nth).contentFrame().locator("#active-frame").contentFrame();
  }

  /** Runs a command by its full title, "Category: Name", from the palette. */
  async runCommand(title: string): Promise<void> {
    await this.searchCommands(title);
    await this.page.getByRole("option", { name: title }).first().click();
  }

  /**
   * Opens the palette on `title`. A busy workbench may miss the first key, and a webview that came up
   * empty passes none on: it loses the focus then.
   */
  private async searchCommands(title: string): Promise<void> {
    const palette = this.page.getByPlaceholder("Type the name of a command to run.");
    await expect(async () => {
      await this.page.keyboard.press("F1");
      await palette.fill(`>${title}`, { timeout: 3000 }).catch(async (error: unknown) => {
        await this.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
        throw error;
      });
    }).toPass({ timeout: 30_000 });
  }

  /** Replaces the workspace's settings by these. */
  configure(settings: Record<string, unknown>): void {
    this.writeFile(".vscode/settings.json", JSON.stringify(settings));
  }

  /** Changes the colour theme until the workbench, which at times misses a change, wears it. */
  async setTheme(name: keyof typeof themes): Promise<void> {
    const { setting, className } = themes[name];
    const dressed = new RegExp(`(^|\\s)${className}(\\s|$)`);
    await expect(async () => {
      this.configure({ "workbench.colorTheme": setting });
      await expect(this.page.locator(".monaco-workbench")).toHaveClass(dressed, { timeout: 5000 });
    }).toPass({ timeout: 30_000 });
  }

  /** Writes a file into the workspace folder, making its folders; an open editor sees it change. */
  writeFile(name: string, data: string | Uint8Array): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, data);
  }

  /** Removes a file from the workspace folder. */
  removeFile(name: string): void {
    rmSync(path.join(this.folder, name));
  }

  /** The status bar, with all its items. */
  statusBar(): Locator {
    return this.page.locator(".part.statusbar");
  }

  /** What the browser has complained of since the page was opened. */
  cspViolations(): readonly string[] {
    return this.violations;
  }

  private get explorer(): Locator {
    return this.page.getByRole("tree", { name: "Files Explorer" });
  }

  /** A row of the explorer: the tree holds only rows in sight, so it is scrolled until this one is. */
  private async explorerItem(name: string): Promise<Locator> {
    const item = this.explorer.getByRole("treeitem", { name, exact: true });
    let down = false;
    await expect(async () => {
      for (let step = 0; step < 30 && !(await this.inSight(item)); step++) {
        await this.explorer.hover();
        await this.page.mouse.wheel(0, down ? 300 : -300);
        await this.page.waitForTimeout(50);
      }
      down = !down;
      if (down) await this.refresh();
      expect(await this.inSight(item)).toBe(true);
    }).toPass({ timeout: 30_000 });
    return item;
  }

  /** Files that were written before VS Code watched the folder are seen only so. */
  private async refresh(): Promise<void> {
    await this.explorer.hover();
    await this.page.getByRole("button", { name: "Refresh Explorer" }).click();
  }

  /** Whether a row of the explorer is there as a whole: half a row would be scrolled by a click. */
  private async inSight(item: Locator): Promise<boolean> {
    if (!(await item.isVisible())) return false;
    const [row, tree] = await Promise.all([item.boundingBox(), this.explorer.boundingBox()]);
    return row!.y >= tree!.y && row!.y + row!.height <= tree!.y + tree!.height;
  }
}

/** The hover that is shown once the mouse rests on this text of the editor. */
export async function hoverOver(page: Page, text: string): Promise<Locator> {
  const span = page.locator(".view-line span").getByText(text, { exact: true }).last();
  const hover = page.getByRole("tooltip").filter({ has: page.getByRole("table") });
  await expect(async () => {
    await page.mouse.move(600, 700);
    await span.hover();
    await expect(hover).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 30_000 });
  return hover;
}

interface TestFixtures {
  workbench: Workbench;
  /** The folder of which each test gets a copy as its workspace. */
  files: string;
}

interface WorkerFixtures {
  /** The extension under development, as a folder; undefined: only what is installed. */
  development: string | undefined;
  /** The folder of installed extensions; undefined: an empty one. */
  extensions: string | undefined;
  server: Server;
}

/** Playwright's `test`, with `workbench`: VS Code on a copy of `files`, one server for all tests. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  files: [pathInRoot("media", "samples"), { option: true }],
  development: [root, { option: true, scope: "worker" }],
  extensions: [undefined, { option: true, scope: "worker" }],
  server: [
    async ({ extensions }, use) => {
      await installCodeServer();
      const server = await startServer({ extensions });
      await use(server);
      await server.end();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  workbench: async ({ page, server, files, development }, use) => {
    const workbench = await Workbench.open(page, server, { files, development });
    await use(workbench);
    await workbench.close();
  },
});
