import type { JsonValue } from "../formats";
import { NumberArray } from "../formats/json/numberArray";

/** A nested JSON list as one array, row-major. */
export interface JsonArray {
  /** Its numbers in order, where they lie: nothing is copied but what had to be converted. */
  readonly parts: readonly NumberArray[];
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
export const maskedNumber = -9999;

/**
 * Reads a nested list of numbers as one array, with what the wild writes for them: `null` and
 * −9999 are −∞, strings such as "-25.625" or "NaN" are their numbers, booleans 0 and 1.
 * @returns null when it holds anything else
 */
export function jsonArray(value: JsonValue): JsonArray | Ragged | null {
  const shape = shapeOf(value);
  if (!shape) return null;
  const found: Found = { parts: [], rounded: 0 };
  const problem = collect(value, shape, 0, found);
  if (problem === "other") return null;
  if (problem) return { ragged: problem };
  const parts = NumberArray.joined(found.parts);
  const masked = parts.reduce((sum, part) => sum + part.countNullsAnd(maskedNumber), 0);
  return { parts, shape, masked, rounded: found.rounded };
}

/** The shape told by the first entry of each level; null when that leads to no number. */
function shapeOf(value: JsonValue): readonly number[] | null {
  if (value instanceof NumberArray) return value.shape;
  if (!isList(value)) return null;
  const first = value[0];
  if (first === undefined) return [0];
  if (first instanceof NumberArray || isList(first)) {
    const inner = shapeOf(first);
    return inner && [value.length, ...inner];
  }
  return toNumber(first) ? [value.length] : null;
}

interface Found {
  readonly parts: NumberArray[];
  rounded: number;
}

type Problem = Ragged["ragged"] | "other" | null;

function collect(
  value: JsonValue | undefined,
  shape: readonly number[],
  depth: number,
  found: Found,
): Problem {
  if (value instanceof NumberArray) return collectArray(value, shape, depth, found);
  if (!isList(value)) return "other";
  const expected = shape[depth];
  if (value.length !== expected) return { index: -1, length: value.length, expected };
  if (depth + 1 === shape.length) return collectScalars(value, found);
  for (let i = 0; i < value.length; i++) {
    const problem = collect(value[i], shape, depth + 1, found);
    if (problem === "other" || (problem && problem.index >= 0)) return problem;
    if (problem) return { ...problem, index: i };
  }
  return null;
}

/** The common case: taken as it is. */
function collectArray(
  array: NumberArray,
  shape: readonly number[],
  depth: number,
  found: Found,
): Problem {
  const rank = Math.min(array.shape.length, shape.length - depth);
  for (let axis = 0; axis < rank; axis++) {
    const length = array.shape[axis];
    const expected = shape[depth + axis];
    // All its lists are alike, so the first one is the first that differs.
    if (length !== expected) return { index: axis === 0 ? -1 : 0, length, expected };
  }
  if (array.shape.length !== shape.length - depth) return "other";
  found.parts.push(array);
  return null;
}

/** Numbers written in mixed ways. */
function collectScalars(list: readonly JsonValue[], found: Found): Problem {
  const numbers = new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) {
    const number = toNumber(list[i]);
    if (!number) return "other";
    numbers[i] = number.value;
    if (number.rounded) found.rounded++;
  }
  if (list.length > 0) found.parts.push(NumberArray.from(numbers));
  return null;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** One entry as a number, null where it is none; what is masked keeps its mark. */
function toNumber(entry: JsonValue): { value: number; rounded: boolean } | null {
  if (typeof entry === "number") return { value: entry, rounded: false };
  if (entry === null) return { value: maskedNumber, rounded: false };
  if (typeof entry === "boolean") return { value: entry ? 1 : 0, rounded: false };
  if (typeof entry === "bigint") {
    const value = Number(entry);
    return { value, rounded: BigInt(value) !== entry };
  }
  const value = typeof entry === "string" ? numberWord(entry) : null;
  return value === null ? null : { value, rounded: false };
}

/** A string that is a number, as Python or JavaScript would print it; null for any other. */
export function numberWord(text: string): number | null {
  const word = text.trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) return Number(word);
  if (/^nan$/i.test(word)) return NaN;
  if (/^\+?inf(inity)?$/i.test(word)) return Infinity;
  return /^-inf(inity)?$/i.test(word) ? -Infinity : null;
}
