import { grouped } from "../core";
import type { Tensor } from "../core/tensor";
import { FormatError } from "../formats/errors";
import type { JsonLine, JsonValue } from "../formats";
import { NumberArray } from "../formats/json/numberArray";
import { jsonArray, type Ragged } from "./jsonArray";
import { columnsOf } from "./jsonRecords";
import { evalSources } from "./logprobs/evalSamples";
import { tokenSources } from "./logprobs/tokenRows";
import { jsonTensor, memoryTensor } from "./memoryTensor";
import { roleOf } from "./names";
import { sourceId, type FileSources, type Source } from "./source";

type JsonMap = ReadonlyMap<string, JsonValue>;

/** How deep keys are followed into nested objects in search of arrays. */
const maxDepth = 6;

/**
 * Finds the arrays and names in a JSON document: an answer with log-probabilities, samples of an
 * evaluation, a bare array, an object of arrays under any keys, or a list of records, which is read
 * by columns.
 * @throws FormatError when there is no array of numbers in it
 */
export function jsonSources(file: string, value: JsonValue): FileSources {
  const known = evalSources(file, value) ?? tokenSources(file, value);
  if (known) return known;
  const found = new Finder(file);
  const records = recordsOf(value);
  if (records) for (const [name, column] of columnsOf(records)) found.take(name, column, 0);
  else found.take("", value, 0);
  return found.result();
}

/** The same for the lines of a JSONL file; lines that can't be read are told, the others kept. */
export function jsonlSources(file: string, lines: readonly JsonLine[]): FileSources {
  const good = lines.filter(line => line.value !== undefined);
  const bad = lines.filter(line => line.error);
  const values = good.map(line => line.value!);
  if (bad[0] && good.length === 0) throw bad[0].error!;
  const { sources, temperature, problems } = jsonSources(file, values);
  const skipped =
    bad.length === 0
      ? []
      : [
          `${bad.length === 1 ? "One line" : `${bad.length} lines`} of "${file}" can't be read; ` +
            `the others are shown. ${bad[0].error!.message}`,
        ];
  return { sources, temperature, problems: [...skipped, ...problems] };
}

/** A non-empty list of objects only. */
function recordsOf(value: JsonValue): readonly JsonMap[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.every(entry => entry instanceof Map) ? (value as readonly JsonMap[]) : null;
}

/** Collects what it is shown, key by key. */
class Finder {
  private readonly sources: Source[] = [];
  private readonly problems: string[] = [];
  private temperature: number | null = null;
  /** Whether an answer of a language model was seen, which has no log-probabilities then. */
  private answers = false;

  constructor(private readonly file: string) {}

  take(name: string, value: JsonValue, depth: number): void {
    if (value instanceof Map) this.takeObject(name, value as JsonMap, depth);
    else if (value instanceof NumberArray || Array.isArray(value)) this.takeList(name, value);
    else this.takeScalar(name, value);
  }

  result(): FileSources {
    if (!this.sources.some(source => source.what === "array" || source.names.length > 0)) {
      throw new FormatError("BAD_JSON", this.nothingFound());
    }
    return { sources: this.sources, temperature: this.temperature, problems: this.problems };
  }

  private takeObject(name: string, map: JsonMap, depth: number): void {
    const speaking = name === "" ? this.file.replace(/\.[^.]*$/, "") : name;
    const names = roleOf(speaking)?.role === "classNames" ? indexedNames(map) : null;
    if (names) return this.addNames(name, names);
    if (isAnswer(map)) this.answers = true;
    if (depth >= maxDepth) return;
    for (const [key, value] of map) {
      this.take(name === "" ? key : `${name}.${key}`, value, depth + 1);
    }
  }

  private takeList(name: string, value: NumberArray | readonly JsonValue[]): void {
    if (value.length === 0) return;
    const array = jsonArray(value);
    if (array && "ragged" in array) this.problems.push(this.raggedSentence(name, array.ragged));
    else if (array) {
      const notes = [
        ...(array.masked > 0
          ? [
              `${count(array.masked, "entry", "entries")} written as null or −9999 read as −∞ (masked).`,
            ]
          : []),
        ...(array.rounded > 0
          ? [`${count(array.rounded, "integer", "integers")} beyond 2^53 rounded.`]
          : []),
      ];
      this.addArray(name, jsonTensor(array), notes);
    } else if ((value as readonly JsonValue[]).every(entry => typeof entry === "string")) {
      this.addNames(name, value as readonly string[]);
    } else if (recordsOf(value)?.some(isAnswer)) this.answers = true;
  }

  private takeScalar(name: string, value: JsonValue): void {
    if (typeof value !== "number") return;
    const role = roleOf(name)?.role;
    if (role === "temperature" && !name.includes(".")) this.takeTemperature(name, value);
    else if (role === "labels") this.addArray(name, memoryTensor(Float64Array.of(value), [1]), []);
  }

  private takeTemperature(name: string, value: number): void {
    if (value >= 0) this.temperature = value;
    else {
      this.problems.push(
        `"${name}" in "${this.file}" is ${value}, which is no temperature; 0 or more is one.`,
      );
    }
  }

  private addArray(name: string, tensor: Tensor, notes: readonly string[]): void {
    const { file } = this;
    const id = sourceId(file, name);
    this.sources.push({
      what: "array",
      id,
      file,
      name,
      tensor,
      refusal: null,
      voidAs: null,
      notes,
    });
  }

  private addNames(name: string, names: readonly string[]): void {
    const { file } = this;
    this.sources.push({ what: "names", id: sourceId(file, name), file, name, names });
  }

  private raggedSentence(name: string, { index, length, expected }: Ragged["ragged"]): string {
    const what = name === "" ? `"${this.file}"` : `"${name}" in "${this.file}"`;
    return (
      `The rows of ${what} differ in length: row ${index} holds ${length}, row 0 holds ` +
      `${expected}; write rows of one length.`
    );
  }

  private nothingFound(): string {
    if (this.problems[0]) return this.problems[0];
    return this.answers
      ? `"${this.file}" holds an answer without log-probabilities; ask for them ("logprobs": true) ` +
          `and save the answer anew.`
      : `"${this.file}" holds no array of numbers; put the logits in a list, or under a key such ` +
          `as "logits".`;
  }
}

/** By the keys that services use. */
function isAnswer(map: JsonMap): boolean {
  const keys = ["choices", "logprobs", "completion_probabilities"];
  return keys.some(key => map.has(key)) || map.get("message") instanceof Map;
}

/** Names under the keys 0 … n−1 (`id2label`), or such numbers under names (`label2id`); else null. */
export function indexedNames(map: JsonMap): string[] | null {
  const names = new Array<string | undefined>(map.size).fill(undefined);
  for (const [key, value] of map) {
    const [name, index] = typeof value === "string" ? [value, Number(key)] : [key, value];
    if (typeof index !== "number" || !Number.isInteger(index)) return null;
    if (index < 0 || index >= names.length || names[index] !== undefined) return null;
    names[index] = name;
  }
  return names.length > 0 ? (names as string[]) : null;
}

function count(n: number, one: string, many: string): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}
