import { readMap, type AttentionMap, type MapReading } from "../../../src/core";

/** Raw scores whose keys lie along the rows, nothing chosen. */
export const plainReading: MapReading = {
  kind: "logits",
  turned: false,
  maskBelow: null,
  scaleBy: null,
  causal: false,
};

/** A map of nested lists. */
export function mapOf(rows: readonly number[][], reading: Partial<MapReading> = {}): AttentionMap {
  const raw = { values: rows.flat(), rows: rows.length, columns: rows[0].length };
  return readMap(raw, { ...plainReading, ...reading });
}

const _ = -Infinity;

/** Four tokens, each of which sees those up to itself. */
export const causalScores: readonly number[][] = [
  [0.5, _, _, _],
  [2, 1, _, _],
  [-1, 0.25, 3, _],
  [1, 1, 0, -2],
];
