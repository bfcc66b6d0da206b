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
  const rows: string[][] = [];
  for (const file of files) {
    for (const comparison of await file(tools)) {
      if (!comparison.title.toLowerCase().includes(only.toLowerCase())) continue;
      rows.push(...cells(comparison, await compare(comparison, reporter(comparison))));
    }
  }
  progress("");
  console.log(markdown(rows));
}

function createTools(folder: string, source: string, quick: boolean): Tools {
  let images: Dump | undefined;
  let tokens: Dump | undefined;
  return {
    folder,
    quick,
    images: () => (images ??= writeDump(folder, "val", quick ? 5_000 : 50_000, 1_000, 19)),
    tokens: () => (tokens ??= writeDump(folder, "tokens", quick ? 32 : 512, 151_936, 24)),
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
