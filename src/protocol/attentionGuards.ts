import type { MapReading } from "../core";
import {
  namings,
  poolings,
  scaleKinds,
  type AttentionChoice,
  type AttentionOverrides,
  type AttentionPlace,
} from "./attention";
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

/** A saved choice of the Attention tab. */
export function readAttentionChoice(value: unknown): AttentionChoice {
  const given = fields(value);
  const { setId, otherPlace } = given;
  const oneOf = <T>(all: readonly T[], one: unknown, what: string): T =>
    check(all.includes(one as T), one, what);
  return {
    setId: setId === null ? null : text(setId, "attention maps"),
    place: readPlace(given.place),
    otherPlace: otherPlace === null ? null : readPlace(otherPlace),
    query: index(given.query, "query"),
    overrides: readAttentionOverrides(given.overrides),
    naming: oneOf(namings, given.naming, "naming"),
    scale: oneOf(scaleKinds, given.scale, "scale"),
    pooling: oneOf(poolings, given.pooling, "pooling"),
  };
}

/** Which set of maps, and how it is read. */
export function readAttentionParams(given: Fields): AttentionParams {
  return { set: text(given.set, "attention maps"), reading: readMapReading(given.reading) };
}
