// `npm run bench`: ours beside what a user would pick instead, in one run, as one table of ratios.
// `npm run bench -- --only=fit` runs what has this in its title, `--quick` takes small sizes.
import { build } from "esbuild";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const here = import.meta.dirname;
const out = mkdtempSync(path.join(tmpdir(), "logit-inspector-bench-"));
process.on("exit", () => rmSync(out, { recursive: true, force: true }));
process.on("SIGINT", () => process.exit(130));

const benches = readdirSync(here).filter(name => name.endsWith(".bench.ts"));
const entryPoints = [
  ...[...benches, "main.ts", "cold.ts", "limit.worker.ts"].map(name => path.join(here, name)),
  { in: path.join(here, "../../src/compute/worker.node.ts"), out: "worker" },
].map(entry =>
  typeof entry === "string" ? { in: entry, out: path.basename(entry, ".ts") } : entry,
);
await build({ entryPoints, outdir: out, bundle: true, platform: "node", format: "cjs" });

const require = createRequire(import.meta.url);
const load = name => require(path.join(out, name.replace(/\.ts$/, ".js")));
await load("main.ts").main(
  benches.map(name => load(name).default),
  out,
  here,
);
