import type { Member, OpenedFile } from "../formats";
import { numberWord } from "./jsonArray";
import { jsonlSources, jsonSources } from "./jsonSources";
import { memoryTensor } from "./memoryTensor";
import { sourceId, type ArraySource, type FileSources, type Source } from "./source";

/** The arrays and names that an opened file brings. */
export function sourcesOf(file: string, opened: OpenedFile): FileSources {
  if (opened.format === "json") return jsonSources(file, opened.value);
  if (opened.format === "jsonl") return jsonlSources(file, opened.lines);
  const sources = opened.members.map(member => memberSource(file, member));
  return { sources, temperature: null, problems: [] };
}

/** A text file with one name a line, as `labels.txt` is usually written, or one number a line. */
export function linesInText(file: string, text: string): FileSources {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const numbers = lines.map(numberWord);
  const own = { id: file, file, name: "" };
  const source: Source = numbers.every(number => number !== null)
    ? {
        ...own,
        what: "array",
        tensor: memoryTensor(Float64Array.from(numbers), [numbers.length]),
        refusal: null,
        voidAs: null,
        notes: [],
      }
    : { ...own, what: "names", names: lines };
  return { sources: [source], temperature: null, problems: [] };
}

function memberSource(file: string, member: Member): ArraySource {
  const { name, notes } = member;
  return {
    what: "array",
    id: sourceId(file, name),
    file,
    name,
    tensor: member.tensor ?? null,
    refusal: member.refusal?.message ?? null,
    voidAs: member.voidAs ?? null,
    notes,
  };
}
