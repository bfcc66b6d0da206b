import type { MapReading } from "../core";
import type { AttentionOverrides, AttentionPlace } from "./attention";
import { check, fields, index, text, type Fields } from "./checks";
import type { AttentionParams } from "./messages";

const kinds: readonly unknown[] = ["logits", "log-probabilities", "probabilities"];

const kind = (value: unknown): MapReading["kind"] => check(kinds.includes(value), value, "kind");
const flag = (value: unknown, what: string): boolean =>
  check(typeof value === "boolean", value, what);
const scale = (value: unknown): number | null =>
  check(value === null || (typeof value === "number" && value > 0), value, "scale");

/** Overrides of the reading of maps; unknown fields are dropped. */
export function readAttentionOverrides(value: unknown): AttentionOverrides {
  const given = fields(value);
  const has = (field: string) => given[field] !== undefined;
  return {
    ...(has("kind") && { kind: kind(given.kind) }),
    ...(has("turned") && { turned: flag(given.turned, "direction") }),
    ...(has("masks") && { masks: flag(given.masks, "masks") }),
    ...(has("scaleBy") && { scaleBy: scale(given.scaleBy) }),
    ...(has("causal") && { causal: flag(given.causal, "causal mask") }),
  };
}

function readMapReading(value: unknown): MapReading {
  const { maskBelow, ...given } = fields(value);
  return {
    kind: kind(given.kind),
    turned: flag(given.turned, "direction"),
    maskBelow: check(maskBelow === null || typeof maskBelow === "number", maskBelow, "mask"),
    scaleBy: scale(given.scaleBy),
    causal: flag(given.causal, "causal mask"),
  };
}

export function readPlace(value: unknown): AttentionPlace {
  const { batch, layer, head } = fields(value);
  return { batch: index(batch, "batch"), layer: index(layer, "layer"), head: index(head, "head") };
}

/** Which set of maps, and how it is read. */
export function readAttentionParams(given: Fields): AttentionParams {
  return { set: text(given.set, "attention maps"), reading: readMapReading(given.reading) };
}
