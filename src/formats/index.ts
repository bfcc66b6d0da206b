import type { DType, Tensor } from "../core/tensor";
import type { FormatError } from "./errors";
import type { NumberArray } from "./json/numberArray";

export type Format = "npy" | "npz" | "safetensors" | "json" | "jsonl";

/**
 * A JSON value as read: lists of numbers and nulls, and matrices of them, are NumberArrays, objects
 * are Maps (so that no key can reach a prototype), integers beyond 2^53 are bigint, NaN and the
 * infinities are numbers.
 */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | NumberArray
  | readonly JsonValue[]
  | ReadonlyMap<string, JsonValue>;

/** A named array of a file, or the reason why this one cannot be shown. */
export interface Member {
  /** Archive member or tensor name without `.npy`; empty for a bare .npy file. */
  readonly name: string;
  readonly tensor?: Tensor;
  readonly refusal?: FormatError;
  /** What raw two-byte elements were read as; absent where the file names its own type. */
  readonly voidAs?: DType;
  /** What a person should know: "bytes after the data", "read as bfloat16", "unverified". */
  readonly notes: readonly string[];
}

/** One line of a JSONL file: its value, or why it could not be read. */
export interface JsonLine {
  readonly line: number;
  readonly value?: JsonValue;
  readonly error?: FormatError;
}

/** An opened file, told apart by content and not by name. */
export type OpenedFile =
  | { readonly format: "npy" | "npz" | "safetensors"; readonly members: readonly Member[] }
  | { readonly format: "json"; readonly value: JsonValue }
  | { readonly format: "jsonl"; readonly lines: readonly JsonLine[] };
