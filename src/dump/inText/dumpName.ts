import { roleOf } from "../names";

/** A string on a line of code that may name a dump. */
export interface DumpName {
  /** Where the dump may be, the likeliest first: a folder that stands before the name counts. */
  readonly paths: readonly string[];
  /** The string without its quotation marks, by columns. */
  readonly start: number;
  readonly end: number;
  /** Whether the name stands for itself, so that a file that is not there is worth a word. */
  readonly isWhole: boolean;
}

/** Longer strings name no file. */
const longestName = 1024;

const quotes = /["'`]/;

/**
 * The string at a place in a line, whatever the language, if it is called like a dump: `.npy`,
 * `.npz` and `.safetensors` always, JSON where the name speaks of logits or attention.
 */
export function dumpNameAt(line: string, character: number): DumpName | null {
  let start = character;
  while (start > 0 && character - start < longestName && !quotes.test(line[start - 1])) start--;
  const quote = line[start - 1];
  const end = quote === undefined ? -1 : line.indexOf(quote, character);
  if (end < 0 || end - start > longestName || !quotes.test(quote)) return null;
  const name = line.slice(start, end).replace(/\\+/g, "/");
  if (!isDumpName(name)) return null;
  const before = line
    .slice(Math.max(0, start - 1 - longestName), start - 1)
    .replace(/[rbuf]*$/i, "");
  const folders = foldersIn(before);
  const isWhole = folders.length === 0 && !/[/+,%]\s*$/.test(before);
  const joined = [...folders, name].join("/");
  return { paths: folders.length > 0 ? [joined, name] : [name], start, end, isWhole };
}

/** Names with a pattern or a placeholder in them are of many files, addresses are of none here. */
function isDumpName(name: string): boolean {
  if (/[*?{}<>|$%\n]|^\w{2,}:\/\//.test(name)) return false;
  const [, stem, ending] = /([^/]*)\.([^./]+)$/.exec(name) ?? [];
  if (!stem || !ending) return false;
  if (/^(npy|npz|safetensors)$/i.test(ending)) return true;
  const role = /^(json|jsonl|ndjson)$/i.test(ending) ? roleOf(stem)?.role : undefined;
  return role === "logits" || role === "attention";
}

/** Folders that a path is joined of before its last string: `Path("a") / "b" /`, `join("a", "b",`. */
function foldersIn(before: string): string[] {
  const folders: string[] = [];
  let rest = before;
  for (;;) {
    const match = /(["'])([^"'`]+)\1\)?\s*[/,]\s*[rbu]?$/i.exec(rest);
    if (!match) return folders;
    folders.unshift(match[2]);
    rest = rest.slice(0, match.index);
  }
}
