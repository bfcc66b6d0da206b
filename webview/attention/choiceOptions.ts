import type { MapKind } from "../../src/core";
import type { AttentionPlace } from "../../src/protocol/attention";
import type { AttentionDesk } from "./attentionDesk";
import { patchSide } from "./placeNames";

/** One entry of a list to choose from. */
export interface Option {
  readonly value: string;
  readonly text: string;
}

export const kinds: readonly { value: MapKind["kind"]; text: string }[] = [
  { value: "logits", text: "raw scores" },
  { value: "log-probabilities", text: "log-probabilities" },
  { value: "probabilities", text: "probabilities" },
];

export const scales: readonly Option[] = [
  { value: "linear", text: "linear" },
  { value: "log", text: "logarithmic" },
];

export const poolings: readonly Option[] = [
  { value: "max", text: "largest" },
  { value: "mean", text: "mean" },
];

/** What is behind the file's name. */
export function memberOf(id: string): string {
  return id.slice(id.indexOf("#") + 1);
}

export function numbers(size: number): Option[] {
  return Array.from({ length: size }, (_, i) => ({ value: String(i), text: String(i) }));
}

/** All heads, to compare with. */
export function others(layers: number, heads: number): Option[] {
  const places = numbers(layers).flatMap(layer =>
    numbers(heads).map(head => ({
      value: `${layer.value} ${head.value}`,
      text: `layer ${layer.text}, head ${head.text}`,
    })),
  );
  return [{ value: "", text: "none" }, ...places];
}

export function placeValue(place: AttentionPlace | null): string {
  return place ? `${place.layer} ${place.head}` : "";
}

export function placeOf(value: string, batch: number): AttentionPlace | null {
  if (value === "") return null;
  const [layer, head] = value.split(" ").map(Number);
  return { batch, layer, head };
}

/** What queries and keys can go by; tokens first where there are any. */
export function namingsFor({ reading, shown }: AttentionDesk): Option[] {
  const { queries = 0, keys = 0 } = shown?.head.map ?? {};
  const hasTokens = reading?.queryTokens || reading?.keyTokens;
  return [
    { value: "tokens", text: hasTokens ? "tokens" : "numbers" },
    ...(hasTokens ? [{ value: "numbers", text: "numbers" }] : []),
    ...(patchSide(queries) || patchSide(keys) ? [{ value: "patches", text: "patch grid" }] : []),
  ];
}

/** −1e4, −1e9, −3.4e38: as people write it. */
export function fillText(fill: number): string {
  return fill === -65504
    ? "−65504"
    : fill.toExponential(1).replace(".0", "").replace("e+", "e").replace("-", "−");
}
