import { availableParallelism, cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Benchmarks, Comparison, Tools } from "./comparison";
import { writeDump, type Dump } from "./data";
import { pythonTools } from "./python";
import { compare } from "./rounds";
import { cells, markdown } from "./table";

const options = {
  only: { type: "string", default: "" },
  quick: { type: "boolean", default: false },
} as const;

/**
 * Runs all benchmarks and prints the table.
 * @param files what each *.bench.ts exports as its default
 * @param folder a temporary folder for the data
 * @param source the folder of the benchmarks' own sources
 */
export async function main(
  files: readonly Benchmarks[],
  folder: string,
  source: string,
): Promise<void> {
  const { only, quick } = parseArgs({ options }).values;
  const tools = createTools(folder, source, quick);
  const all = (await Promise.all(files.map(file => file(tools)))).flat();
  const chosen = all.filter(({ title }) => title.toLowerCase().includes(only.toLowerCase()));
  if (chosen.length === 0) {
    const titles = all.map(({ title }) => `  ${title}`).join("\n");
    console.error(`No title has "${only}" in it; there are:\n${titles}`);
    process.exitCode = 1;
    return;
  }
  const rows: string[][] = [];
  for (const comparison of chosen) {
    rows.push(...cells(comparison, await compare(comparison, reporter(comparison))));
  }
  progress("");
  console.log(`${setting(quick)}\n`);
  console.log(markdown(rows));
}

type Shape = readonly [rows: number, classes: number];

/** The shapes of the two dumps. */
const sizes: Readonly<Record<"full" | "quick", { images: Shape; tokens: Shape }>> = {
  full: { images: [50_000, 1_000], tokens: [512, 151_936] },
  quick: { images: [5_000, 1_000], tokens: [32, 151_936] },
};

/** What the numbers were measured on. */
function setting(quick: boolean): string {
  const { images, tokens } = quick ? sizes.quick : sizes.full;
  const [first, second] = [images, tokens].map(([rows, classes]) => {
    return `${rows.toLocaleString("en")} × ${classes.toLocaleString("en")}`;
  });
  const small = quick ? " Small sizes, to try the benchmarks: the ratios say little." : "";
  return (
    `Logits: ${first} float32; of a vocabulary: ${second}. Node ${process.versions.node}, ` +
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"}).${small}`
  );
}

function createTools(folder: string, source: string, quick: boolean): Tools {
  const { images, tokens } = quick ? sizes.quick : sizes.full;
  let imagesDump: Dump | undefined;
  let tokensDump: Dump | undefined;
  return {
    folder,
    quick,
    images: () => (imagesDump ??= writeDump(folder, "val", ...images, 19)),
    tokens: () => (tokensDump ??= writeDump(folder, "tokens", ...tokens, 24)),
    ...pythonTools(path.join(source, "python")),
  };
}

function reporter({ title }: Comparison): (text: string) => void {
  return text => progress(`${title}: ${text}`);
}

/** One line that is overwritten, for a person who waits. */
function progress(text: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\x1b[K${text.slice(0, process.stderr.columns - 1)}`);
}
