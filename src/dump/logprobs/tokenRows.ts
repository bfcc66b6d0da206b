import { grouped } from "../../core";
import type { Tensor } from "../../core/tensor";
import type { JsonValue } from "../../formats";
import { sourceId, type FileSources } from "../source";
import { sequencesIn, type TokenSequence } from "./sequences";
import type { TokenEntry } from "./tokenEntry";

/** Tokens as rows that each have classes of their own: the alternatives that an answer lists. */
export interface TokenRows {
  readonly entries: readonly TokenEntry[];
  /** Alternatives of a row at most. */
  readonly classes: number;
  /** The texts that the rows belong to, each from a row on to the next one's. */
  readonly sequences: readonly { readonly name: string; readonly start: number }[];
}

/**
 * What an answer with log-probabilities brings to a dump: an array with a row a token, padded with
 * −∞ where a row has fewer alternatives, and the tokens.
 * @returns null for a document without any
 */
export function tokenSources(file: string, value: JsonValue): FileSources | null {
  if (holdsLogits(value)) return null;
  const found = sequencesIn(value).filter(({ entries }) => entries.length > 0);
  if (found.length === 0) return null;
  const rows = tokenRows(found);
  const own = { file, id: file, name: "" };
  const tokens = { file, id: sourceId(file, "tokens"), name: "tokens" };
  return {
    sources: [
      {
        ...own,
        what: "array",
        tensor: paddedTensor(rows),
        refusal: null,
        voidAs: null,
        notes: maskedNote(rows),
        partial: rows,
      },
      { ...tokens, what: "names", names: rows.entries.map(({ text }) => text) },
    ],
    temperature: null,
    problems: [],
  };
}

function tokenRows(found: readonly TokenSequence[]): TokenRows {
  const entries = found.flatMap(sequence => sequence.entries);
  const sequences: { name: string; start: number }[] = [];
  let start = 0;
  for (const { name, entries } of found) {
    sequences.push({ name, start });
    start += entries.length;
  }
  const classes = entries.reduce((most, e) => Math.max(most, e.alternatives.length), 1);
  return { entries, classes, sequences };
}

/** Log-probabilities, the likeliest first in each row. */
function paddedTensor({ entries, classes }: TokenRows): Tensor {
  const read = (start: number, count: number): Float64Array => {
    const out = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const { alternatives } = entries[Math.floor((start + i) / classes)];
      out[i] = alternatives[(start + i) % classes]?.logprob ?? -Infinity;
    }
    return out;
  };
  return {
    dtype: "float64",
    shape: [entries.length, classes],
    fortranOrder: false,
    read: (start, count) => Promise.resolve(read(start, count)),
  };
}

function maskedNote({ entries }: TokenRows): string[] {
  let masked = 0;
  for (const { alternatives } of entries) {
    for (const { logprob } of alternatives) if (logprob === -Infinity) masked++;
  }
  if (masked === 0) return [];
  const noun = masked === 1 ? "log-probability" : "log-probabilities";
  return [`${grouped(masked)} ${noun} written as null or −9999 read as −∞ (p = 0).`];
}

/** Where a file has whole rows of logits, these say more. */
function holdsLogits(value: JsonValue): boolean {
  const first = Array.isArray(value) ? (value as readonly JsonValue[])[0] : value;
  const logits =
    first instanceof Map ? (first as ReadonlyMap<string, JsonValue>).get("logits") : undefined;
  return typeof logits === "object" && logits !== null;
}
