// `npm run bench`: ours beside what a user would pick instead, in one run, as ratios.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const here = import.meta.dirname;
const out = mkdtempSync(path.join(tmpdir(), "logit-inspector-bench-"));
try {
  const entryPoints = readdirSync(here)
    .filter(name => name.endsWith(".bench.ts"))
    .map(name => path.join(here, name));
  await build({ entryPoints, outdir: out, bundle: true, platform: "node", format: "cjs" });
  for (const file of readdirSync(out)) {
    const bench = await import(pathToFileURL(path.join(out, file)).href);
    for (const { title, contestants } of await bench.default.default({ folder: out, python })) {
      await compare(title, contestants);
    }
  }
} finally {
  rmSync(out, { recursive: true });
}

/** Runs the contestants in turn, so that a machine that slows down slows all of them. */
async function compare(title, contestants) {
  const rounds = 7;
  const times = contestants.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [i, { run }] of contestants.entries()) {
      const start = performance.now();
      const own = run ? await run() : undefined;
      if (run && round >= 0) times[i].push(own ?? performance.now() - start);
    }
  }
  const medians = times.map(list => list.sort((a, b) => a - b)[list.length >> 1]);
  console.log(`\n${title}`);
  for (const [i, { name, run, why }] of contestants.entries()) {
    const line = run
      ? `${medians[i].toFixed(2)} ms (${times[i][0].toFixed(2)} to ${times[i].at(-1).toFixed(2)})`
      : `skipped: ${why}`;
    const ratio = run && i > 0 ? `, ${(medians[i] / medians[0]).toFixed(1)} × ours` : "";
    console.log(`  ${name.padEnd(36)} ${line}${ratio}`);
  }
}

/** A contestant in Python that times itself and prints milliseconds; skipped where it can't run. */
function python(name, module, program) {
  const found = spawnSync("python3", ["-c", `import ${module}`]);
  if (found.status !== 0) return { name, why: `python3 with ${module} is not installed` };
  const run = () => Number(spawnSync("python3", ["-c", program], { encoding: "utf8" }).stdout);
  return { name, run };
}
