import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { Comparison, Contestant, Outcome, Tools } from "./comparison";

/** What a person waits for, in a real VS Code in a browser; there is nothing to compare it with. */
export default function webview(tools: Tools): Comparison[] {
  const measured = once(() => measureInPage(tools));
  const contestant = (name: string, key: string): Contestant => ({
    name,
    rounds: 1,
    run: async () => (await measured())[key],
  });
  return [
    {
      title: "Webview: script per frame of a drag, reliability diagram open",
      contestants: [contestant("ours: the median frame", "drag")],
    },
    {
      title: "Webview: first picture once the page is up",
      contestants: [contestant("ours: 200 MB", "open200"), contestant("ours: 4 GB", "open4000")],
    },
  ];
}

type Measured = Readonly<Record<string, Outcome>>;

/** Runs the pages in Playwright, which prints nothing but what went wrong. */
async function measureInPage({ folder, images }: Tools): Promise<Measured> {
  const { logits, labels } = images();
  const files = mkdtempSync(path.join(folder, "workspace-"));
  for (const file of [logits, labels]) symlinkSync(file, path.join(files, path.basename(file)));
  const results = path.join(files, "..", "page.json");
  const config = path.join(process.cwd(), "test/bench/page/playwright.config.ts");
  await run(process.execPath, ["esbuild.js", "--production"]);
  const env = { ...process.env, BENCH_FOLDER: files, BENCH_RESULTS: results };
  await run("npx", ["playwright", "test", "-c", config], env);
  return JSON.parse(readFileSync(results, "utf8")) as Measured;
}

/** @throws Error with the end of what was printed, if it ends badly */
async function run(command: string, args: readonly string[], env = process.env): Promise<void> {
  const child = spawn(command, args, { env });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", text => said.push(String(text)));
  }
  const code = await new Promise(resolve => child.on("exit", resolve));
  if (code !== 0) throw new Error(said.join("").slice(-2000));
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
