// `npm run bench`: ours beside what a user would pick instead, in one run, as one table of ratios.
// `npm run bench -- --only=fit` runs what has this in its title, `--quick` takes small sizes.
import { build } from "esbuild";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { assemblyPlugin } from "../../esbuild.js";

const here = import.meta.dirname;
const out = mkdtempSync(path.join(tmpdir(), "logit-inspector-bench-"));
process.on("exit", () => rmSync(out, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

const benches = readdirSync(here).filter(name => name.endsWith(".bench.ts"));
const compute = path.join(here, "../../src/compute");
/** Each thread is a bundle of its own; those of the product are found beside whoever starts them. */
const threads = readdirSync(compute).filter(name => /^(worker|lane)\.node\.ts$/.test(name));
const entry = (folder, name) => ({
  in: path.join(folder, name),
  out: name.replace(/(\.node)?\.ts$/, ""),
});
const entryPoints = [
  ...[...benches, "main.ts", "cold.ts", "limit.worker.ts", "resident.worker.ts"].map(name =>
    entry(here, name),
  ),
  ...threads.map(name => entry(compute, name)),
];
await build({
  entryPoints,
  outdir: out,
  bundle: true,
  minify: true, // as the product is packaged
  platform: "node",
  target: "node20",
  format: "cjs",
  plugins: [assemblyPlugin],
});

const require = createRequire(import.meta.url);
const load = name => require(path.join(out, name.replace(/\.ts$/, ".js")));
await load("main.ts").main(
  benches.map(name => load(name).default),
  out,
  here,
);
