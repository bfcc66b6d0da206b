import { NumberArray } from "../../formats/json/numberArray";
import { candidateOf, candidatesOf, readLogprob, type Candidate, type JsonMap } from "./candidate";

/** A token that could have stood at a place, and its natural log-probability; −∞ for p = 0. */
export interface Alternative {
  readonly text: string;
  readonly logprob: number;
}

/** One place of a text: what stands there, and what could have. */
export interface TokenEntry {
  /** The token that stands there; empty where the answer doesn't say which it is. */
  readonly text: string;
  /** Its log-probability; NaN where there is none, as for the first token of a prompt. */
  readonly logprob: number;
  /** The likeliest first, the token that stands there among them. */
  readonly alternatives: readonly Alternative[];
  /** Index of that one; −1 where it has no log-probability. */
  readonly sampled: number;
}

const listKeys = ["top_logprobs", "top_probs", "probs"];

/**
 * The entries that one object of an answer stands for, by its shape: a token with its
 * log-probability or probability, with alternatives or without; a chunk of several tokens; or
 * alternatives by token id, of which the first stands there.
 * @returns null for any other object
 */
export function entriesOf(map: JsonMap): TokenEntry[] | null {
  if (map.has("logits")) return null; // a whole row says more
  const own = candidateOf(map);
  const list = listKeys.map(key => candidatesOf(map.get(key))).find(found => found.length > 0);
  if (list || own?.logprob !== undefined) return [makeEntry(own, list ?? [])];
  return chunkEntries(map) ?? idEntry(map);
}

/**
 * An entry of a token and its alternatives, in any order, with the token among them or without.
 * `null` is −∞ beside alternatives, and no log-probability at all where it stands alone.
 */
export function makeEntry(own: Candidate | null, listed: readonly Candidate[]): TokenEntry {
  const list = withoutTwins(listed).map(known);
  const twin = own && closest(own, list);
  const isKnown = own?.logprob !== undefined && (own.logprob !== null || list.length > 0);
  const token = twin ?? (own && isKnown ? known(own) : null);
  if (token && !twin) list.push(token);
  list.sort((a, b) => rankOf(b) - rankOf(a) || 0); // −∞ − −∞ is NaN
  return {
    text: own?.text ?? "",
    logprob: token?.logprob ?? NaN,
    alternatives: list.map(({ text, logprob }) => ({ text, logprob })),
    sampled: token ? list.indexOf(token) : -1,
  };
}

type Known = Candidate & Alternative;

function known(candidate: Candidate): Known {
  return { ...candidate, logprob: candidate.logprob ?? -Infinity };
}

/** NaN comes last. */
function rankOf({ logprob }: Alternative): number {
  return Number.isNaN(logprob) ? -Infinity : logprob;
}

/** A chunk of text with the log-probabilities of its tokens: the text stands with the first one. */
function chunkEntries(map: JsonMap): TokenEntry[] | null {
  const text = map.get("text");
  const logprobs = map.get("logprobs");
  if (typeof text !== "string" || !(logprobs instanceof NumberArray)) return null;
  const ids = map.get("token_ids");
  const names = ids instanceof NumberArray ? ids.entries() : [];
  return logprobs.entries().map((entry, i) => {
    const own = { text: i === 0 ? text : `token ${String(names[i] ?? i)}`, id: null, bytes: null };
    return makeEntry({ ...own, logprob: readLogprob(entry as number | null) }, []);
  });
}

/** Alternatives by token id: the token that stands there comes first, whatever its rank. */
function idEntry(map: JsonMap): TokenEntry[] | null {
  const values = [...map.values()];
  if (!values.every(value => value instanceof Map && value.has("logprob"))) return null;
  const candidates = candidatesOf(map);
  return candidates.length > 0 ? [makeEntry(candidates[0], candidates)] : null;
}

/** Without those that stand there twice, which would count twice. */
function withoutTwins(list: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return list.filter(({ text, logprob, id, bytes }) => {
    const what = id ?? bytes ?? logprob;
    return seen.size < seen.add(`${what} ${text}`).size;
  });
}

/** The same token; of several by text alone, the one with the nearest log-probability. */
function closest(own: Candidate, list: readonly Known[]): Known | null {
  const same = list.filter(other => isSame(own, other));
  const distance = ({ logprob }: Known) => Math.abs(logprob - (own.logprob ?? logprob)) || 0;
  return same.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

function isSame(a: Candidate, b: Candidate): boolean {
  if (a.id !== null && b.id !== null) return a.id === b.id;
  return a.text === b.text && (a.bytes === null || b.bytes === null || a.bytes === b.bytes);
}
