import type { DType } from "../core/tensor";
import type { AttentionSetInfo } from "./attention";
import type { Overrides, Reading, SourceId } from "../dump/reading";

/** An array, or a list of names, that the dump or a file beside it offers. */
export interface SourceInfo {
  readonly id: SourceId;
  readonly file: string;
  /** Member or key; empty where the file is one array. */
  readonly name: string;
  readonly what: "array" | "names";
  readonly dtype: DType | null;
  readonly shape: readonly number[];
  /** Why it can't be shown; null when it can. */
  readonly refusal: string | null;
}

/** All that the view needs to paint, but for the rows themselves. */
export interface DumpInfo {
  readonly file: string;
  readonly format: string;
  /** Bytes of the file on disk. */
  readonly size: number;
  readonly sources: readonly SourceInfo[];
  readonly reading: Reading;
  /** The fields of `reading` that a person chose. */
  readonly overrides: Overrides;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly rows: number;
  readonly classes: number;
  /** Why this kind of numbers was guessed: "256 of 50,000 rows looked at, each sums to 1". */
  readonly kindReason: string;
  readonly hasLabels: boolean;
  readonly classNames: readonly string[] | null;
  readonly tokens: readonly string[] | null;
  /** Attention maps among the file's arrays, the likeliest first. */
  readonly attention: readonly AttentionSetInfo[];
  /** Things that are wrong but don't stop the show, a sentence each: a label file of another length. */
  readonly problems: readonly string[];
  /** Things worth knowing, a sentence each: read as bfloat16, bytes after the data, unverified. */
  readonly notes: readonly string[];
  /** A temperature that the file itself carries, or null. */
  readonly temperature: number | null;
  /** Set where a row is a token of an answer, and lists its likeliest alternatives only. */
  readonly partial?: PartialInfo;
}

/** The texts whose tokens are the rows. */
export interface PartialInfo {
  /** ln p of the token of each row; NaN where there is none. */
  readonly logprobs: Float64Array;
  /** The number of tokens that most rows list. */
  readonly listed: number;
  /** Where each text stands in the file, and its first row. */
  readonly sequences: readonly { readonly name: string; readonly start: number }[];
}

/** One row as the core wants it: logits (log p where the file holds probabilities). */
export interface RowData {
  readonly index: number;
  readonly logits: Float64Array;
  /** Class index; null when there is no label for the row, or it says "ignore". */
  readonly label: number | null;
  /** Set where the row lists the likeliest classes only; `logits` are their log-probabilities. */
  readonly partial?: PartialRowData;
}

export interface PartialRowData {
  /** What each class is called: rows have classes of their own. */
  readonly names: readonly string[];
  /** The class of the token that stands there; −1 where it has no log-probability. */
  readonly sampled: number;
}

/** What one pass over all rows found, at a temperature. */
export interface Scan {
  readonly temperature: number;
  /** Class index a row; −1 where the row is left out (NaN, +∞, all masked). */
  readonly argMax: Int32Array;
  /** Largest probability a row; NaN where left out. */
  readonly confidence: Float64Array;
  /** −ln p of the label; NaN where there is none. */
  readonly nll: Float64Array;
  /** Label a row; −1 for none. Empty when the dump has no labels. */
  readonly labels: Int32Array;
  readonly leftOut: number;
}

/** Elements of an array that is no logits; `exact` as text, where float64 would round integers. */
export interface Elements {
  readonly values: Float64Array;
  readonly exact: readonly string[] | null;
}
