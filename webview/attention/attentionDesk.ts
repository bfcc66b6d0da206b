import type {
  AttentionChoice,
  AttentionCurves,
  AttentionHead,
  AttentionHeads,
  AttentionKeys,
  AttentionPlace,
  AttentionReading,
  AttentionSetInfo,
} from "../../src/protocol/attention";

/** A map that has arrived, and which one it is. */
export interface Shown {
  readonly place: AttentionPlace;
  readonly head: AttentionHead;
}

/** What the Attention tab shows; null is not yet. */
export interface AttentionDesk extends AttentionChoice {
  readonly set: AttentionSetInfo | null;
  readonly reading: AttentionReading | null;
  /** The last map there is: that of `place` once it has arrived. */
  readonly shown: Shown | null;
  /** The same of the head to compare with; null without one. */
  readonly other: Shown | null;
  /** All heads at the slider's temperature, or the last one there was while it is measured. */
  readonly heads: AttentionHeads | null;
  /** All heads at every temperature of the slider. */
  readonly curves: AttentionCurves | null;
  /** How many keys of the shown map hold most of the mass. */
  readonly keys: AttentionKeys | null;
}

export const emptyAttention: AttentionDesk = {
  setId: null,
  place: { batch: 0, layer: 0, head: 0 },
  otherPlace: null,
  query: Number.MAX_SAFE_INTEGER, // the last one there is: in a causal map it sees all
  overrides: {},
  naming: "tokens",
  scale: "linear",
  pooling: "max",
  set: null,
  reading: null,
  shown: null,
  other: null,
  heads: null,
  curves: null,
  keys: null,
};

/** Heads that are looked at together at most: what has more is hardly attention, a batch of images perhaps. */
const maxHeads = 2048;

/** Whether all heads of an item of a batch are few enough to be shown together. */
export function hasOverview({ sizes }: AttentionSetInfo): boolean {
  return sizes.layer * sizes.head <= maxHeads;
}

/** What of it is remembered. */
export function choiceOf(desk: AttentionDesk): AttentionChoice {
  const { setId, place, otherPlace, query, overrides, naming, scale, pooling } = desk;
  return { setId, place, otherPlace, query, overrides, naming, scale, pooling };
}
