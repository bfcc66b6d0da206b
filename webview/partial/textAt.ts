import type { PartialInfo } from "../../src/protocol/dumpInfo";

/** The text that a row belongs to: its place in the file, its first row and the one behind it. */
export function textAt({ sequences }: PartialInfo, row: number, rows: number) {
  const index = sequences.findLastIndex(({ start }) => start <= row);
  const { name, start } = sequences[index];
  return { index, name, start, end: sequences[index + 1]?.start ?? rows };
}
