import type { JsonValue } from "../../formats";
import { NumberArray } from "../../formats/json/numberArray";
import { FormatError } from "../../formats/errors";
import { memoryTensor } from "../memoryTensor";
import { sourceId, type FileSources, type Source } from "../source";
import { readLogprob, type JsonMap } from "./candidate";

/** One document of an evaluation: the log-likelihood of each choice. */
export interface Sample {
  readonly choices: readonly number[];
  /** What each choice says, where the record has it. */
  readonly texts: readonly string[] | null;
  /** The right choice, or `ignored`. */
  readonly target: number;
}

/** Rows without a target are left out. */
export const ignored = -100;

/**
 * The samples that lm-evaluation-harness logs (`--log_samples`): a row a document, a class a choice,
 * masked where a document has fewer choices than others; the targets are the labels.
 * @returns null for any other document
 * @throws FormatError for samples of generated text, which have no log-likelihoods
 */
export function evalSources(file: string, value: JsonValue): FileSources | null {
  const records = recordsOf(value);
  if (!records) return null;
  const samples = records.map(sampleOf).filter(sample => sample !== null);
  const classes = samples.reduce((most, { choices }) => Math.max(most, choices.length), 0);
  if (classes < 2) {
    throw new FormatError(
      "BAD_ROLE",
      `"${file}" holds samples of an evaluation without choices: only tasks of multiple choice ` +
        `have log-likelihoods to compare.`,
    );
  }
  return { sources: sourcesOf(file, samples, classes), temperature: null, problems: [] };
}

function sourcesOf(file: string, samples: readonly Sample[], classes: number): Source[] {
  const rows = new Float64Array(samples.length * classes).fill(-Infinity);
  samples.forEach(({ choices }, row) => rows.set(choices, row * classes));
  const isRagged = samples.some(({ choices }) => choices.length < classes);
  const array = (name: string, data: Float64Array, shape: number[], notes: string[]): Source => ({
    what: "array",
    id: sourceId(file, name),
    file,
    name,
    tensor: memoryTensor(data, shape),
    refusal: null,
    voidAs: null,
    notes,
  });
  const notes = isRagged ? ["Choices that a document doesn't have are masked (−∞)."] : [];
  const sources = [array("log_likelihoods", rows, [samples.length, classes], notes)];
  const targets = Float64Array.from(samples, ({ target }) => target);
  if (targets.some(target => target !== ignored)) {
    sources.push(array("target", targets, [samples.length], []));
  }
  const names = samples[0].texts;
  if (names?.length === classes && samples.every(({ texts }) => texts?.join() === names.join())) {
    const name = "classes";
    sources.push({ what: "names", id: sourceId(file, name), file, name, names });
  }
  return sources;
}

/** A list of samples, or one sample, under any keys. */
function recordsOf(value: JsonValue): readonly JsonMap[] | null {
  if (Array.isArray(value)) {
    const list = value as readonly JsonValue[];
    return list.length > 0 && list.every(isSample) ? list : null;
  }
  if (!(value instanceof Map)) return null;
  if (isSample(value as JsonMap)) return [value as JsonMap];
  for (const inner of (value as JsonMap).values()) {
    const records = recordsOf(inner);
    if (records) return records;
  }
  return null;
}

function isSample(value: JsonValue): value is JsonMap {
  if (!(value instanceof Map)) return false;
  const has = (key: string) => (value as JsonMap).has(key);
  return (has("filtered_resps") || has("resps")) && (has("doc_id") || has("target"));
}

/** Reads one record; null where it has no choices with log-likelihoods. */
export function sampleOf(record: JsonMap): Sample | null {
  const choices = likelihoods(record.get("filtered_resps")) ?? likelihoods(record.get("resps"));
  if (!choices) return null;
  const texts = choiceTexts(record.get("arguments"));
  return { choices, texts, target: targetOf(record.get("target"), texts, choices.length) };
}

/** A number a choice, each alone or first in a list with whether it was the greedy one. */
function likelihoods(value: JsonValue | undefined): number[] | null {
  const found = itemsOf(value)?.map(entry => likelihood(entry));
  if (!found || found.length === 0 || found.includes(null)) return null;
  return found as number[];
}

function likelihood(entry: JsonValue): number | null {
  const items = itemsOf(entry);
  if (!items) return typeof entry === "number" ? entry : null;
  // Text alone in a list was generated, even if it reads as a number.
  if (items.length === 1) return likelihood(items[0]);
  return itemsOf(items[0]) ? likelihood(items[0]) : (readLogprob(items[0]) ?? null);
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] | null {
  if (value instanceof NumberArray) return value.entries();
  return Array.isArray(value) ? (value as readonly JsonValue[]) : null;
}

/** What each choice says: the second argument of each request. */
function choiceTexts(value: JsonValue | undefined): string[] | null {
  const requests = value instanceof Map ? [...(value as JsonMap).values()] : itemsOf(value);
  const texts = requests?.map(request =>
    request instanceof Map ? (request as JsonMap).get("arg_1") : itemsOf(request)?.[1],
  );
  return texts?.every(text => typeof text === "string") ? texts.map(text => text.trim()) : null;
}

/** The right choice, by index or by what it says. */
function targetOf(value: JsonValue | undefined, texts: string[] | null, choices: number): number {
  const [target] = itemsOf(value) ?? [value];
  const text = String(target).trim();
  const named = texts?.indexOf(text) ?? -1;
  if (named >= 0 && typeof target === "string") return named;
  const index = /^\d+$/.test(text) ? Number(text) : -1;
  return index >= 0 && index < choices ? index : ignored;
}
