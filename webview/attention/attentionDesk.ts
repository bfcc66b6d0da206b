import type {
  AttentionCurves,
  AttentionHead,
  AttentionHeads,
  AttentionKeys,
  AttentionOverrides,
  AttentionPlace,
  AttentionReading,
  AttentionSetInfo,
} from "../../src/protocol/attention";
import type { ScaleKind } from "./colorScale";
import type { Pooling } from "./paint";

/** What a person chose in the Attention tab. */
export interface AttentionChoice {
  readonly place: AttentionPlace;
  readonly query: number;
  readonly overrides: AttentionOverrides;
  readonly scale: ScaleKind;
  readonly pooling: Pooling;
}

/** What the Attention tab shows; null is not yet. */
export interface AttentionDesk extends AttentionChoice {
  readonly set: AttentionSetInfo | null;
  readonly reading: AttentionReading | null;
  /** The last map there is, and its place: that of `place` once it has arrived. */
  readonly shown: { readonly place: AttentionPlace; readonly head: AttentionHead } | null;
  /** All heads at the slider's temperature, or the last one there was while it is measured. */
  readonly heads: AttentionHeads | null;
  /** All heads at every temperature of the slider. */
  readonly curves: AttentionCurves | null;
  /** How many keys of the shown map hold most of the mass. */
  readonly keys: AttentionKeys | null;
}

export const emptyAttention: AttentionDesk = {
  place: { batch: 0, layer: 0, head: 0 },
  query: Number.MAX_SAFE_INTEGER, // the last one there is: in a causal map it sees all
  overrides: {},
  scale: "linear",
  pooling: "max",
  set: null,
  reading: null,
  shown: null,
  heads: null,
  curves: null,
  keys: null,
};
