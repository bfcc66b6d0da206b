import type { JsonValue } from "../formats";

/** A nested JSON list as one array, row-major. */
export interface JsonArray {
  readonly data: Float64Array;
  readonly shape: readonly number[];
  /** Entries that stand for −∞: `null` and −9999. */
  readonly masked: number;
  /** Integers beyond 2^53 that were rounded to the nearest float64. */
  readonly rounded: number;
}

/** A list that is none: where its rows stop being alike, for the sentence. */
export interface Ragged {
  readonly ragged: { readonly index: number; readonly length: number; readonly expected: number };
}

/** Some services write −9999.0 for a log-probability that underflowed. */
const maskedNumber = -9999;

/**
 * Reads a nested list of numbers as one array, with what the wild writes for them: `null` and
 * −9999 are −∞, strings such as "-25.625" or "NaN" are their numbers, booleans 0 and 1.
 * @returns null when it holds anything else
 */
export function jsonArray(value: JsonValue): JsonArray | Ragged | null {
  const shape = shapeOf(value);
  if (!shape) return null;
  const data = new Float64Array(shape.reduce((product, dim) => product * dim, 1));
  const state = { data, at: 0, masked: 0, rounded: 0 };
  const problem = fill(value, shape, 0, state);
  if (problem === "other") return null;
  if (problem) return { ragged: problem };
  return { data, shape, masked: state.masked, rounded: state.rounded };
}

/** The shape told by the first entry of each level; null when that leads to no number. */
function shapeOf(value: JsonValue): number[] | null {
  const list = listOf(value);
  if (!list) return null;
  const first = list[0];
  if (list instanceof Float64Array || first === undefined) return [list.length];
  if (listOf(first)) {
    const inner = shapeOf(first);
    return inner && [list.length, ...inner];
  }
  return toNumber(first).valid ? [list.length] : null;
}

interface Fill {
  data: Float64Array;
  at: number;
  masked: number;
  rounded: number;
}

function fill(
  value: JsonValue,
  shape: readonly number[],
  depth: number,
  state: Fill,
): Ragged["ragged"] | "other" | null {
  const expected = shape[depth];
  const list = listOf(value);
  if (!list) return "other";
  if (list.length !== expected) return { index: -1, length: list.length, expected };
  if (list instanceof Float64Array && depth + 1 === shape.length) return fillPlain(list, state);
  for (let i = 0; i < list.length; i++) {
    if (depth + 1 < shape.length) {
      const problem = fill(list[i], shape, depth + 1, state);
      if (problem === "other" || (problem && problem.index >= 0)) return problem;
      if (problem) return { ...problem, index: i };
    } else {
      const { value: number, masked, rounded, valid } = toNumber(list[i]);
      if (!valid) return "other";
      state.data[state.at++] = number;
      if (masked) state.masked++;
      if (rounded) state.rounded++;
    }
  }
  return null;
}

/** The common case, a typed row: copied whole. */
function fillPlain(row: Float64Array, state: Fill): null {
  state.data.set(row, state.at);
  for (let i = row.indexOf(maskedNumber); i >= 0; i = row.indexOf(maskedNumber, i + 1)) {
    state.data[state.at + i] = -Infinity;
    state.masked++;
  }
  state.at += row.length;
  return null;
}

function listOf(value: JsonValue): Float64Array | readonly JsonValue[] | null {
  return value instanceof Float64Array || Array.isArray(value)
    ? (value as Float64Array | readonly JsonValue[])
    : null;
}

interface Entry {
  value: number;
  valid: boolean;
  masked: boolean;
  rounded: boolean;
}

/** One entry as a number. */
function toNumber(entry: JsonValue): Entry {
  const plain = { valid: true, masked: false, rounded: false };
  if (typeof entry === "number") {
    return entry === maskedNumber
      ? { ...plain, value: -Infinity, masked: true }
      : { ...plain, value: entry };
  }
  if (entry === null) return { ...plain, value: -Infinity, masked: true };
  if (typeof entry === "boolean") return { ...plain, value: entry ? 1 : 0 };
  if (typeof entry === "bigint") {
    const value = Number(entry);
    return { ...plain, value, rounded: BigInt(value) !== entry };
  }
  if (typeof entry === "string") {
    const value = numberWord(entry);
    if (value !== null) return { ...plain, value };
  }
  return { value: NaN, valid: false, masked: false, rounded: false };
}

/** A string that is a number, as Python or JavaScript would print it; null for any other. */
export function numberWord(text: string): number | null {
  const word = text.trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) return Number(word);
  if (/^nan$/i.test(word)) return NaN;
  if (/^\+?inf(inity)?$/i.test(word)) return Infinity;
  return /^-inf(inity)?$/i.test(word) ? -Infinity : null;
}
