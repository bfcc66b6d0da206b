import type { JsonValue } from "../../formats";
import { NumberArray } from "../../formats/json/numberArray";
import { candidateOf, candidatesOf, readLogprob, type JsonMap } from "./candidate";
import { bodiesIn, isBody } from "./recordedBody";
import { entriesOf, makeEntry, type TokenEntry } from "./tokenEntry";

/** The tokens of a text in their order. */
export interface TokenSequence {
  /** Where it stands in the document: `choices[0].logprobs.content`. */
  readonly name: string;
  readonly entries: readonly TokenEntry[];
}

/** Where a value stands, and in which answer: pieces of one text come in several objects. */
interface Place {
  readonly path: string;
  /** Names the answer. */
  readonly answer: string;
  /** Path within the answer: the same for each piece of a text. */
  readonly field: string;
}

/**
 * Finds the texts of which tokens are listed with log-probabilities, anywhere in a document.
 * Objects are told by their shape. Chunks of a stream, which share an `id` or follow each other
 * until one says `done` or `stop`, are joined.
 */
export function sequencesIn(value: JsonValue): readonly TokenSequence[] {
  if (!mentions(value)) return [];
  for (const opensText of [false, true]) {
    const finder = new SequenceFinder(opensText);
    finder.visit(value, { path: "", answer: "", field: "" });
    if (finder.sequences.length > 0) return finder.sequences;
  }
  return [];
}

/** Keys without which there is no token with a log-probability. */
const tellingKeys = new Set([
  "logprob",
  "logprobs",
  "log_prob",
  "log_probability",
  "logProbability",
  "prob",
  "probs",
  "top_probs",
  "token_logprobs",
  "chosenCandidates",
  "chosen_candidates",
]);

/** Whether one stands anywhere; documents can hold millions of objects, of which none is an answer. */
function mentions(value: JsonValue): boolean {
  if (typeof value === "string") return isBody(value);
  if (Array.isArray(value)) return (value as readonly JsonValue[]).some(mentions);
  if (!(value instanceof Map)) return false;
  for (const [key, entry] of value as JsonMap) {
    if (tellingKeys.has(key) || mentions(entry)) return true;
  }
  return false;
}

/** The tokens in a list or an object, if it is one of tokens; null for any other value. */
export function sequenceOf(value: JsonValue): TokenEntry[] | null {
  if (value instanceof Map)
    return parallelLists(value as JsonMap) ?? candidateLists(value as JsonMap);
  return Array.isArray(value) ? entryList(value as readonly JsonValue[]) : null;
}

class SequenceFinder {
  private readonly found = new Map<string, { name: string; entries: TokenEntry[] }>();

  /** @param opensText whether answers are sought in strings, too, as recorders of requests keep them */
  constructor(private readonly opensText: boolean) {}

  get sequences(): TokenSequence[] {
    return [...this.found.values()];
  }

  visit(value: JsonValue, place: Place): void {
    const isChunk = value instanceof Map && place.field !== "";
    const entries = sequenceOf(value) ?? (isChunk ? entriesOf(value as JsonMap) : null);
    if (entries) this.add(entries, place);
    else if (typeof value === "string") this.visitText(value, place);
    else if (value instanceof Map) this.visitObject(value as JsonMap, place);
    else if (Array.isArray(value)) this.visitList(value as readonly JsonValue[], place);
  }

  private add(entries: readonly TokenEntry[], { path, answer, field }: Place): void {
    const key = `${answer} ${field}`;
    const sequence = this.found.get(key);
    if (!sequence) this.found.set(key, { name: path, entries: [...entries] });
    else for (const entry of entries) sequence.entries.push(entry);
  }

  private visitObject(map: JsonMap, place: Place): void {
    const { path, answer, field } = typeof map.get("id") === "string" ? named(map, place) : place;
    for (const [key, value] of map) {
      this.visit(value, { path: joined(path, key), answer, field: joined(field, key) });
    }
  }

  private visitList(list: readonly JsonValue[], place: Place): void {
    let last: JsonMap | null = null;
    let answer = "";
    for (const [i, value] of list.entries()) {
      if (value === null || typeof value === "number") continue;
      const path = joined(place.path, i);
      const map = value instanceof Map ? (value as JsonMap) : null;
      if (map && isPart(map)) {
        if (!last || isLast(last)) answer = path;
        this.visit(value, { path, answer, field: "" });
        last = map;
      } else {
        const index = map?.get("index");
        const field = joined(place.field, typeof index === "number" ? index : i);
        this.visit(value, { path, answer: place.answer, field });
      }
    }
  }

  private visitText(text: string, place: Place): void {
    const bodies = this.opensText && isBody(text) ? bodiesIn(text) : null;
    if (bodies) this.visit(bodies.length === 1 ? bodies[0] : bodies, place);
  }
}

function named(map: JsonMap, { path }: Place): Place {
  return { path, answer: `id ${String(map.get("id"))}`, field: "" };
}

function joined(path: string, step: string | number): string {
  if (typeof step === "number") return `${path}[${step}]`;
  return path === "" ? step : `${path}.${step}`;
}

/** Keys, and the numbers of entries in lists, from the outermost in. */
export type Path = (string | number)[];

/** The name of the text at a path: `choices[0].logprobs.content`. */
export function nameOfPath(path: Path): string {
  return path.reduce<string>(joined, "");
}

/** One line of a stream without ids: it says whether more is to come, or what kind of event it is. */
function isPart(map: JsonMap): boolean {
  if (map.has("delta") && typeof map.get("type") === "string") return true;
  return typeof (map.get("done") ?? map.get("stop")) === "boolean";
}

function isLast(map: JsonMap): boolean {
  return (map.get("done") ?? map.get("stop")) === true || map.get("type") === "message-end";
}

/** A list of entries, in which a token without any may stand first. */
function entryList(list: readonly JsonValue[]): TokenEntry[] | null {
  const first = list.find(value => value !== null);
  if (!(first instanceof Map) || !entriesOf(first as JsonMap)) return null;
  return list.flatMap(value => {
    const entries = value instanceof Map ? entriesOf(value as JsonMap) : null;
    return entries ?? makeEntry(value instanceof Map ? candidateOf(value as JsonMap) : null, []);
  });
}

/** Parallel lists of tokens, their log-probabilities and those of alternatives. */
function parallelLists(map: JsonMap): TokenEntry[] | null {
  const logprobs = listOf(map.get("token_logprobs"));
  const tokens = logprobs && listOf(map.get("tokens") ?? map.get("token_ids"));
  if (!tokens || map.has("logits")) return null;
  const alternatives = listOf(map.get("top_logprobs"));
  return tokens.map((token, i) => {
    const text = typeof token === "object" ? "" : String(token);
    const own = { text, logprob: readLogprob(logprobs[i]), id: null, bytes: null };
    return makeEntry(own, candidatesOf(alternatives?.[i]));
  });
}

/** The chosen tokens in one list, and the candidates of each place in another. */
function candidateLists(map: JsonMap): TokenEntry[] | null {
  const chosen = listOf(map.get("chosenCandidates") ?? map.get("chosen_candidates"));
  const top = listOf(map.get("topCandidates") ?? map.get("top_candidates"));
  if (!chosen) return null;
  return chosen.map((value, i) => {
    const own = value instanceof Map ? candidateOf(value as JsonMap) : null;
    const others = top?.[i] instanceof Map ? (top[i] as JsonMap).get("candidates") : undefined;
    return makeEntry(own, candidatesOf(others));
  });
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] | null {
  if (value instanceof NumberArray) return value.shape.length === 1 ? value.entries() : null;
  return Array.isArray(value) ? (value as readonly JsonValue[]) : null;
}
