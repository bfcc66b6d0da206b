import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import Mocha from "mocha";

const root = path.join(__dirname, "..", "..", "..");
const report = path.join(root, "test-results", "host.json");

interface Outcome {
  file: string;
  title: string;
  state: "passed" | "failed" | "skipped";
}

/**
 * Runs every bundled suite beside this file inside the extension host, and writes what became of
 * each test to test-results/host.json.
 * @throws Error that names the number of failures, which VS Code turns into its exit code.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ reporter: "dot", timeout: 30_000 });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: "utf8" })) {
    if (file.endsWith(".test.js")) mocha.addFile(path.join(__dirname, file));
  }
  const outcomes: Outcome[] = [];
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve);
    const note = (state: Outcome["state"]) => (test: Mocha.Test) =>
      outcomes.push({ file: sourceOf(test.file ?? ""), title: test.fullTitle(), state });
    runner.on("pass", note("passed"));
    runner.on("fail", note("failed"));
    runner.on("pending", note("skipped"));
  });
  mkdirSync(path.dirname(report), { recursive: true });
  writeFileSync(report, JSON.stringify(outcomes, null, 2));
  if (failures > 0) throw new Error(`${failures} tests failed in the extension host.`);
}

/** test/host/x.test.ts, from the bundle that was made of it. */
function sourceOf(bundle: string): string {
  const source = path.relative(__dirname, bundle).replace(/\.js$/, ".ts");
  return path.posix.join("test/host", source.replaceAll("\\", "/"));
}
