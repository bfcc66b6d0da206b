import type { DType } from "../core/tensor";
import type { Kind } from "../core/kinds";

/**
 * How an N-D array becomes rows of classes: one axis holds the classes, and every other axis is
 * either held at an index or free. Rows run over the free axes in C order.
 */
export interface Slicing {
  readonly classAxis: number;
  /** One entry an axis: an index where it is held, null where it is free (and for the class axis). */
  readonly at: readonly (number | null)[];
}

/** Softmax over the classes of a row, or one sigmoid score a row: the softmax of [0, z]. */
export type Scores = "softmax" | "sigmoid";

/** Names one array or list of an open dump: `file#member`, or `file` for a file that is one array. */
export type SourceId = string;

/** What a dump is read as. Inferred when it opens; a person can override each field. */
export interface Reading {
  readonly logits: SourceId;
  /** What raw two-byte elements (`|V2`) are taken for; null where the file names its own type. */
  readonly voidAs: DType | null;
  readonly kind: Kind;
  readonly scores: Scores;
  readonly slicing: Slicing;
  /** Paired sources; null for none. */
  readonly labels: SourceId | null;
  readonly classNames: SourceId | null;
  readonly tokens: SourceId | null;
}

/** The fields that a person chose; all others follow the guess. */
export type Overrides = Partial<Reading>;
