import type { TokenRows } from "../dump/logprobs/tokenRows";
import type { PartialInfo, RowData } from "../protocol/dumpInfo";

/** The texts of a dump whose rows are tokens. */
export function partialInfo({ entries, sequences }: TokenRows): PartialInfo {
  const logprobs = Float64Array.from(entries, ({ logprob }) => logprob);
  return { logprobs, listed: usualLength(entries), sequences };
}

/** A sampled token at the end of a list may have been added to it. */
function usualLength(entries: TokenRows["entries"]): number {
  const counts = new Map<number, number>();
  for (const { alternatives, sampled } of entries) {
    const { length } = alternatives;
    const listed = sampled > 0 && sampled === length - 1 ? length - 1 : length;
    if (listed > 0) counts.set(listed, (counts.get(listed) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || b - a)[0]?.[0] ?? 0;
}

/** One row of it. */
export function partialRow({ entries }: TokenRows, index: number): RowData {
  const { alternatives, sampled } = entries[index];
  return {
    index,
    logits: Float64Array.from(alternatives, ({ logprob }) => logprob),
    label: null,
    partial: { names: alternatives.map(({ text }) => text), sampled },
  };
}
