import { linesInText, sourcesOf } from "../../src/dump/fileSources";
import type { Overrides } from "../../src/dump/reading";
import type { Source } from "../../src/dump/source";
import { resolveView, type View } from "../../src/dump/view";
import { MemorySource } from "../../src/formats/memorySource";
import { openFile } from "../../src/formats/open";

/** The sources of a text as if it were a file of that name. */
export async function sourcesIn(file: string, text: string): Promise<readonly Source[]> {
  if (file.endsWith(".txt")) return linesInText(file, text).sources;
  const opened = await openFile(new MemorySource(file, new TextEncoder().encode(text)));
  return sourcesOf(file, opened).sources;
}

/** A dump made of texts: the first is the dump, the others lie beside it. */
export async function viewOf(
  files: Readonly<Record<string, unknown>>,
  overrides: Overrides = {},
): Promise<View> {
  const names = Object.keys(files);
  const text = (name: string) =>
    typeof files[name] === "string" ? (files[name] as string) : JSON.stringify(files[name]);
  const parts = await Promise.all(names.map(name => sourcesIn(name, text(name))));
  return resolveView(names[0], parts.flat(), new Set(parts[0].map(source => source.id)), overrides);
}
