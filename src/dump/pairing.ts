import { roleOf, wordsOf } from "./names";

/** Files that can hold labels or names. */
const readable = /\.(npy|npz|json|jsonl|txt)$/i;

/** More than these would mean that the names tell nothing. */
const maxSiblings = 8;

/** A file name without its endings: `val.logits.json` → `val.logits`. */
function stem(file: string): string {
  return file.replace(/\.[^.]*$/, "");
}

/**
 * Which files beside a dump belong to it, by the names people use: `val_logits.npy` goes with
 * `val_labels.npy`, `classes.json` or `label_names.txt`. What they hold decides later what they
 * are for. The closest name of each role comes first.
 */
export function siblingsOf(file: string, folder: readonly string[]): string[] {
  const own = roleOf(stem(file));
  if (own && (own.role === "labels" || own.role === "classNames" || own.role === "tokens")) {
    return [];
  }
  const rest = own ? own.rest : wordsOf(stem(file)).join(" ");
  const found: { name: string; distance: number }[] = [];
  for (const name of folder) {
    if (name === file || !readable.test(name)) continue;
    const match = roleOf(stem(name));
    if (!match || !(["labels", "classNames", "tokens"] as string[]).includes(match.role)) continue;
    const distance = distanceOf(rest, match.rest, match.role === "labels" && !/\.txt$/i.test(name));
    if (distance !== null) found.push({ name, distance });
  }
  found.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return found.slice(0, maxSiblings).map(({ name }) => name);
}

/**
 * How well two rests fit: 0 the same; a few words more on either side (`imdb_test` and
 * `imdb_test_original`) fit less well; null when they speak of different things. Labels belong to
 * one split, so a bare `labels.npy` is the poorest match; class names are for the whole folder.
 */
function distanceOf(rest: string, other: string, isLabels: boolean): number | null {
  if (rest === other) return 0;
  if (other === "") return isLabels ? 50 : 1;
  if (rest === "") return null;
  if (other.startsWith(`${rest} `)) return 10 + other.length - rest.length;
  if (!isLabels && rest.startsWith(`${other} `)) return 20 + rest.length - other.length;
  return null;
}

/** Whether two files have nothing in common but that one is called for labels alone. */
export function isLooselyPaired(labels: string, dump: string): boolean {
  const own = roleOf(stem(dump));
  const rest = own ? own.rest : wordsOf(stem(dump)).join(" ");
  return labels !== dump && rest !== "" && roleOf(stem(labels))?.rest === "";
}
