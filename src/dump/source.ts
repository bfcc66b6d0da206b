import type { DType, Tensor } from "../core/tensor";
import type { TokenRows } from "./logprobs/tokenRows";
import type { SourceId } from "./reading";

/** An array that can be shown, or the reason why it can't. */
export interface ArraySource {
  readonly what: "array";
  readonly id: SourceId;
  readonly file: string;
  readonly name: string;
  readonly tensor: Tensor | null;
  readonly refusal: string | null;
  /** What its raw two-byte elements were taken for; null where the file names its own type. */
  readonly voidAs: DType | null;
  readonly notes: readonly string[];
  /** Set where each row has classes of its own, and not all of them: the likeliest tokens. */
  readonly partial?: TokenRows;
}

/** A list of names: classes, tokens, or labels by name. */
export interface NamesSource {
  readonly what: "names";
  readonly id: SourceId;
  readonly file: string;
  readonly name: string;
  readonly names: readonly string[];
}

export type Source = ArraySource | NamesSource;

/** What one file brings to a dump. */
export interface FileSources {
  readonly sources: readonly Source[];
  readonly temperature: number | null;
  /** Sentences about the file as a whole. */
  readonly problems: readonly string[];
}

/** The id of a member, unique within a dump; a file that is one array goes by its own name. */
export function sourceId(file: string, name: string): SourceId {
  return name === "" ? file : `${file}#${name}`;
}
