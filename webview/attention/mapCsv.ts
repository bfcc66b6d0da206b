import { rowScores, softmax } from "../../src/core";
import { csvCell } from "../../src/protocol/csv";
import type { Weights } from "./paint";

/** Weights that are written at most: as text they take some 80 MB. */
export const csvCells = 1 << 22;

/** All weights of a map: a line a query, a column a key; nothing for a query without a distribution. */
export function mapCsv(
  { map, temperature }: Weights,
  queries: readonly string[],
  keys: readonly string[],
): Uint8Array {
  const weights = new Float64Array(map.keys);
  const lines = [["query", ...keys].map(csvCell).join(",")];
  for (let i = 0; i < map.queries; i++) {
    const isUsable = map.state[i] === 0;
    if (isUsable) softmax(rowScores(map, i), temperature, weights);
    const cells = isUsable ? weights.join(",") : ",".repeat(map.keys - 1);
    lines.push(`${csvCell(queries[i])},${cells}`);
  }
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}
