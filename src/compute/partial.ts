import type { TokenRows } from "../dump/logprobs/tokenRows";
import type { PartialInfo, RowData } from "../protocol/dumpInfo";

/** The texts of a dump whose rows are tokens. */
export function partialInfo({ entries, sequences }: TokenRows): PartialInfo {
  return { logprobs: Float64Array.from(entries, ({ logprob }) => logprob), sequences };
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
