import type { DType, Kind } from "../core";
import type { Overrides, Slicing } from "../dump/reading";
import { check, fields, index, text } from "./checks";

const kinds: readonly Kind[] = ["logits", "log-probabilities", "probabilities", "values"];
const voidTypes: readonly DType[] = ["bfloat16", "float16", "int16", "uint16"];

/** Overrides as they come from a view or its saved state; unknown fields are dropped. */
export function readOverrides(value: unknown): Overrides {
  const given = fields(value);
  const has = (field: string) => given[field] !== undefined;
  const sourceOrNone = (field: string) =>
    given[field] === null ? null : text(given[field], "source");
  return {
    ...(has("logits") && { logits: text(given.logits, "source") }),
    ...(has("voidAs") && {
      voidAs:
        given.voidAs === null
          ? null
          : check<DType>(voidTypes.includes(given.voidAs as DType), given.voidAs, "data type"),
    }),
    ...(has("kind") && {
      kind: check<Kind>(kinds.includes(given.kind as Kind), given.kind, "kind"),
    }),
    ...(has("scores") && {
      scores: check<"softmax" | "sigmoid">(
        given.scores === "softmax" || given.scores === "sigmoid",
        given.scores,
        "scores",
      ),
    }),
    ...(has("slicing") && { slicing: readSlicing(given.slicing) }),
    ...(has("labels") && { labels: sourceOrNone("labels") }),
    ...(has("classNames") && { classNames: sourceOrNone("classNames") }),
    ...(has("tokens") && { tokens: sourceOrNone("tokens") }),
  };
}

function readSlicing(value: unknown): Slicing {
  const { classAxis, at } = fields(value);
  const entries: unknown[] = check(Array.isArray(at) && at.length <= 64, at, "slicing");
  return {
    classAxis: index(classAxis, "class axis"),
    at: entries.map(entry => (entry === null ? null : index(entry, "slice"))),
  };
}
