import { rowStates, type AttentionMap } from "../../src/core";
import type { AttentionPlace } from "../../src/protocol/attention";
import { count, figure, percent, shapeText, shorten, temperatureText } from "../format";

/** Characters of a token that are shown. */
const longestToken = 80;

/** A token on one line: blanks at its ends and breaks in it are made visible. */
export function tokenText(token: string): string {
  return shorten(token, longestToken)
    .replace(/\n/g, "↵")
    .replace(/\t/g, "⇥")
    .replace(/^ +| +$/g, blanks => "·".repeat(blanks.length));
}

/** `query 3, "users"`; the number alone where it has no name of its own. */
function placeText(what: string, names: readonly string[], index: number): string {
  const own = names[index] === String(index) ? "" : ` “${names[index]}”`;
  return `${what} ${count(index)}${own}`;
}

/** The map in a few words: its accessible name, and the beginning of a title. */
export function mapName({ layer, head }: AttentionPlace, { queries, keys }: AttentionMap): string {
  return `Attention map, layer ${layer}, head ${head}, ${shapeText([queries, keys])}`;
}

/** Why a query has no distribution. */
const reasons = {
  usable: "",
  hasNaN: "it holds NaN",
  hasPosInf: "it holds +∞",
  allMasked: "all of its keys are masked",
  empty: "it has no keys",
} as const;

/** That a query is left out, and why; empty where it isn't. */
export function leftOutSentence({ state }: AttentionMap, query: number): string {
  const found = rowStates[state[query]];
  if (found === "usable") return "";
  return `Query ${count(query)} has no distribution: ${reasons[found]}. It is left out of every mean.`;
}

/** One cell in words. */
export function cellSentence(
  { map, temperature, logZ }: { map: AttentionMap; temperature: number; logZ: Float64Array },
  [query, key]: readonly [number, number],
  queries: readonly string[],
  keys: readonly string[],
): string {
  const places = `${placeText("Query", queries, query)}, ${placeText("key", keys, key)}`;
  if (map.state[query] !== 0) return `${places}: the query has no distribution.`;
  const gap = map.gap[query * map.keys + key];
  if (gap === Infinity) return `${places}: masked.`;
  const weight = weightAt(gap, temperature, logZ[query]);
  const T = temperatureText(temperature);
  return `${places}: score ${figure(map.max[query] - gap)}, weight ${percent(weight)} at T = ${T}.`;
}

function weightAt(gap: number, T: number, logZ: number): number {
  return Math.exp(-(gap === 0 ? 0 : gap / T) - logZ);
}

/** How cells came together in pixels; empty where each has its own. */
export function poolingSentence(block: number, pooling: "max" | "mean"): string {
  if (block === 1) return "";
  const what = pooling === "max" ? "the largest weight" : "the mean weight";
  return `Each pixel shows ${what} of ${block} × ${block} cells; zoom in to see each cell.`;
}
