import type { AttentionMap, MapKind, MapReading, RowProfile } from "../core";
import type { AxisName } from "../dump/attention/axes";
import type { SourceId } from "../dump/reading";

/** Attention maps that a dump offers. */
export interface AttentionSetInfo {
  readonly id: SourceId;
  /** How many there are along each axis. */
  readonly sizes: Readonly<Record<AxisName, number>>;
  /** Rows and columns of each map as they lie in the file. */
  readonly rows: number;
  readonly columns: number;
}

/** What a person can choose about the reading of maps; what is not chosen follows the guess. */
export interface AttentionOverrides {
  readonly kind?: MapKind["kind"];
  readonly turned?: boolean;
  /** False where numbers such as −1e9 are scores after all; −∞ masks in any case. */
  readonly masks?: boolean;
  readonly scaleBy?: number | null;
  readonly causal?: boolean;
}

/** What queries and keys go by. */
export const namings = ["tokens", "numbers", "patches"] as const;
export type Naming = (typeof namings)[number];

/** How colours follow weights, and how cells that share a pixel become one weight. */
export const scaleKinds = ["linear", "log"] as const;
export type ScaleKind = (typeof scaleKinds)[number];
export const poolings = ["max", "mean"] as const;
export type Pooling = (typeof poolings)[number];

/** What a person chose in the Attention tab. */
export interface AttentionChoice {
  /** The maps; null for the likeliest. */
  readonly setId: SourceId | null;
  readonly place: AttentionPlace;
  /** A second head to compare with; null for none. */
  readonly otherPlace: AttentionPlace | null;
  readonly query: number;
  readonly overrides: AttentionOverrides;
  readonly naming: Naming;
  readonly scale: ScaleKind;
  readonly pooling: Pooling;
}

/** How maps are read. */
export interface AttentionReading {
  readonly reading: MapReading;
  /** What was guessed, and the number that was taken for a mask, before anything was chosen. */
  readonly guess: MapKind;
  readonly fill: number | null;
  /** How many maps were looked at for that. */
  readonly looked: number;
  /** Names of the queries and the keys; null for none. */
  readonly queryTokens: readonly string[] | null;
  readonly keyTokens: readonly string[] | null;
  /** Things that are wrong but don't stop the show, a sentence each. */
  readonly problems: readonly string[];
}

/** Which map of a set. */
export interface AttentionPlace {
  readonly batch: number;
  readonly layer: number;
  readonly head: number;
}

/** One map, and the row profile of its queries, from which ln Z follows at any temperature. */
export interface AttentionHead {
  readonly map: AttentionMap;
  readonly profile: RowProfile;
}

/** The measures of all heads of an item of a batch at every temperature of the slider. */
export interface AttentionCurves {
  /** `curveNumbers` of each head, layer after layer. */
  readonly curves: Float64Array;
  /** They are of every so many-th query: 1 for all of them. */
  readonly every: number;
}

/** How many keys hold most of a query's mass, on average over some queries spread evenly. */
export interface AttentionKeys {
  readonly share: number;
  readonly temperatures: readonly number[];
  readonly keys: Float64Array;
  readonly queries: number;
}

/** What an exact pass over all heads of one item of a batch found at a temperature. */
export interface AttentionHeads {
  readonly temperature: number;
  /** `headMeasureNames` of each head, layer after layer; NaN where no query has a distribution. */
  readonly measures: Float64Array;
  /** Queries without a distribution, of each head. */
  readonly leftOut: Int32Array;
  /** Of each head the largest weights on a small grid, row-major. */
  readonly miniatures: Float32Array;
  readonly miniatureSize: readonly [height: number, width: number];
}
