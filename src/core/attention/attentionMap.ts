import { rowState, rowStates } from "../rowState";
import type { MapKind, RawMap } from "./mapKind";

/** How the numbers of a map are read, and what a person chose to do to them before the softmax. */
export interface MapReading extends MapKind {
  /** Scores at or below this are masked, beside those of −∞; null for none. */
  readonly maskBelow: number | null;
  /** d of the scale 1/√d by which raw scores are multiplied; null for none. */
  readonly scaleBy: number | null;
  /**
   * Whether a query sees no key behind its own place. Where there are more keys than queries, as
   * with a cache, the last query stands at the last key.
   */
  readonly causal: boolean;
}

/**
 * One head's scores, ready for a softmax over the keys of each query at any temperature. They are
 * kept as gaps to the row's largest, which float32 holds well where they matter: a weight errs by
 * 3e-8/T at most.
 */
export interface AttentionMap {
  readonly queries: number;
  readonly keys: number;
  /**
   * max z − z ≥ 0 of each score, query after query: ∞ where it is masked, NaN throughout a row
   * without a distribution.
   */
  readonly gap: Float32Array;
  /** The largest score of each query; NaN for one without a distribution. */
  readonly max: Float64Array;
  /** Of each query, as an index into `rowStates`; 0 is usable. */
  readonly state: Uint8Array;
}

/** Reads raw numbers as an attention map. */
export function readMap(raw: RawMap, reading: MapReading): AttentionMap {
  const { turned } = reading;
  const [queries, keys] = turned ? [raw.columns, raw.rows] : [raw.rows, raw.columns];
  const [step, stride] = turned ? [1, raw.columns] : [raw.columns, 1];
  const map: AttentionMap = {
    queries,
    keys,
    gap: new Float32Array(queries * keys),
    max: new Float64Array(queries).fill(NaN),
    state: new Uint8Array(queries),
  };
  const scores = new Float64Array(keys);
  const scoreOf = scoreReader(reading);
  for (let i = 0; i < queries; i++) {
    for (let j = 0; j < keys; j++) scores[j] = scoreOf(raw.values[i * step + j * stride]);
    if (reading.causal) scores.fill(-Infinity, Math.max(0, i + 1 + keys - queries));
    putRow(map, i, scores);
  }
  return map;
}

/** A raw number as the score that the softmax takes; log p of a probability. */
function scoreReader({ kind, maskBelow, scaleBy }: MapReading): (raw: number) => number {
  if (kind === "probabilities") return Math.log;
  const below = maskBelow ?? -Infinity;
  const scale = kind === "logits" && scaleBy !== null ? 1 / Math.sqrt(scaleBy) : 1;
  return raw => (raw <= below ? -Infinity : raw * scale);
}

function putRow({ keys, gap, max, state }: AttentionMap, row: number, scores: Float64Array): void {
  const found = rowState(scores);
  state[row] = rowStates.indexOf(found);
  const start = row * keys;
  if (found !== "usable") {
    gap.fill(NaN, start, start + keys);
    return;
  }
  let top = -Infinity;
  for (let j = 0; j < keys; j++) if (scores[j] > top) top = scores[j];
  max[row] = top;
  for (let j = 0; j < keys; j++) {
    // A score so low that the gap overflows weighs 0, as a mask does.
    gap[start + j] = top - scores[j];
  }
}

/** The scores of one query, −∞ where masked, as the softmax takes them. */
export function rowScores({ keys, gap, max }: AttentionMap, query: number): Float64Array {
  const row = new Float64Array(keys);
  for (let j = 0; j < keys; j++) row[j] = max[query] - gap[query * keys + j];
  return row;
}
