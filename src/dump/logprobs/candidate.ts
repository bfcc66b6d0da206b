import type { JsonValue } from "../../formats";
import { NumberArray } from "../../formats/json/numberArray";
import { maskedNumber, numberWord } from "../jsonArray";

export type JsonMap = ReadonlyMap<string, JsonValue>;

/** A token as an answer has it. */
export interface Candidate {
  readonly text: string;
  /** Natural; null as written, undefined where there is none. */
  readonly logprob: number | null | undefined;
  /** What tells tokens of the same text apart: many are parts of a character, written "�". */
  readonly id: string | null;
  readonly bytes: string | null;
}

/** The words of several services for the same thing. */
const textKeys = ["token", "text", "tok_str", "decoded_token", "token_str", "content"];
const idKeys = ["id", "token_id", "tokenId", "token"];
const logprobKeys = ["logprob", "log_prob", "logProbability", "log_probability"];

/**
 * A token with its log-probability, or its probability.
 * @param key the token's id, where it is the object's key
 * @returns null for an object without a token
 */
export function candidateOf(map: JsonMap, key: string | null = null): Candidate | null {
  const id = key ?? idOf(map);
  const text = textKeys.map(name => map.get(name)).find(value => typeof value === "string") ?? id;
  if (text === null) return null;
  const bytes = map.get("bytes");
  return {
    text,
    logprob: logprobIn(map),
    id,
    bytes: bytes instanceof NumberArray ? bytes.entries().join() : null,
  };
}

function logprobIn(map: JsonMap): number | null | undefined {
  const key = logprobKeys.find(name => map.has(name));
  if (key !== undefined) return readLogprob(map.get(key));
  const probability = map.get("prob");
  return typeof probability === "number" ? Math.log(probability) : undefined;
}

/** Alternatives as a list of tokens, as numbers by token, or as objects by token id. */
export function candidatesOf(value: JsonValue | undefined): Candidate[] {
  const found = value instanceof Map ? [...(value as JsonMap)].map(byKey) : listed(value);
  return found.filter(candidate => candidate?.logprob !== undefined) as Candidate[];
}

function byKey([key, value]: readonly [string, JsonValue]): Candidate | null {
  if (value instanceof Map) return candidateOf(value as JsonMap, key);
  return { text: key, logprob: readLogprob(value), id: null, bytes: null };
}

function listed(value: JsonValue | undefined): (Candidate | null)[] {
  if (!Array.isArray(value)) return [];
  const list = value as readonly JsonValue[];
  return list.map(entry => (entry instanceof Map ? candidateOf(entry as JsonMap) : null));
}

/**
 * A log-probability in any of the ways it is written: −9999 is −∞, a string its number.
 * @returns undefined for what is none
 */
export function readLogprob(value: JsonValue | undefined): number | null | undefined {
  if (value === null) return null;
  const number = typeof value === "string" ? numberWord(value) : value;
  if (typeof number === "bigint") return Number(number);
  if (typeof number !== "number") return undefined;
  return number === maskedNumber ? -Infinity : number;
}

function idOf(map: JsonMap): string | null {
  for (const key of idKeys) {
    const value = map.get(key);
    if (typeof value === "number" || typeof value === "bigint") return String(value);
  }
  return null;
}
