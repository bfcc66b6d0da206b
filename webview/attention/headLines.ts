import { covers, curvesAt, entropyIn, headMeasureNames, type HeadMeasure } from "../../src/core";
import { count } from "../format";
import { latest } from "../latest";
import type { AttentionDesk } from "./attentionDesk";
import type { AttentionCurves, AttentionHeads } from "../../src/protocol/attention";
import type { Settings } from "../../src/protocol/settings";

/** A measure of heads as people know it. */
export interface MeasureText {
  readonly measure: HeadMeasure;
  readonly name: string;
  readonly hint: string;
}

/** In the order of the table's columns. */
export const measureTexts: readonly MeasureText[] = [
  { measure: "entropy", name: "Entropy", hint: "Mean entropy of a query over its keys" },
  {
    measure: "effectiveKeys",
    name: "Effective keys",
    hint: "Mean of e^S: as many keys looked at equally",
  },
  { measure: "sink", name: "Sink share", hint: "Mean mass on key 0" },
  {
    measure: "diagonal",
    name: "Diagonal",
    hint: "Mean mass on the key at the query's own place",
  },
  { measure: "previous", name: "Previous", hint: "Mean mass on the key just before that" },
  { measure: "distance", name: "Distance", hint: "Mean of Σ p·|query − key|, in places" },
];

/** One head and its numbers; `values` are in the order of `measureTexts`. */
export interface HeadLine {
  readonly layer: number;
  readonly head: number;
  readonly values: readonly number[];
}

/** The heads, layer after layer. */
export function headLines(
  measures: Float64Array,
  heads: number,
  unit: Settings["entropyUnit"],
): HeadLine[] {
  const width = headMeasureNames.length;
  return Array.from({ length: measures.length / width }, (_, at) => ({
    layer: Math.floor(at / heads),
    head: at % heads,
    values: measureTexts.map(({ measure }) => {
      const value = measures[at * width + headMeasureNames.indexOf(measure)];
      return measure === "entropy" ? entropyIn(unit, value) : value;
    }),
  }));
}

/** By which column heads are sorted: a place in `measureTexts`, or −1 for their own order. */
export interface HeadOrder {
  readonly column: number;
  readonly descending: boolean;
}

/** Sorted by a column; heads without a number come last, equal ones stay in their own order. */
export function sortHeads(
  lines: readonly HeadLine[],
  { column, descending }: HeadOrder,
): readonly HeadLine[] {
  if (column < 0) return descending ? [...lines].reverse() : lines;
  const sign = descending ? -1 : 1;
  return [...lines].sort((a, b) => {
    const [x, y] = [a.values[column], b.values[column]];
    if (Number.isNaN(x) || Number.isNaN(y))
      return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return sign * (x - y);
  });
}

/** What was left out of the means, in a sentence; empty if nothing was. */
export function leftOutOfHeads({ leftOut }: AttentionHeads): string {
  const all = leftOut.reduce((sum, n) => sum + n, 0);
  if (all === 0) return "";
  const [noun, verb] = all === 1 ? ["query", "is"] : ["queries", "are"];
  return `${count(all)} ${noun} without a distribution ${verb} left out of the means.`;
}

/** The heads' numbers, at which temperature, and what to make of them. */
export interface HeadNumbers {
  readonly lines: readonly HeadLine[];
  readonly temperature: number;
  readonly note: string;
}

/**
 * Makes the numbers of all heads at the slider's temperature: exact ones where it rests, those of
 * the row profile while it moves, and the last exact ones where there is neither.
 */
export function linesMaker() {
  const linesOf = latest(headLines);
  const liveAt = latest(curvesAt);
  return latest(
    (
      { heads, curves, set }: AttentionDesk,
      temperature: number,
      unit: Settings["entropyUnit"],
    ): HeadNumbers => {
      const across = set?.sizes.head ?? 1;
      if (!heads) return { lines: [], temperature, note: "" };
      if (Object.is(heads.temperature, temperature) || !curves || !covers(temperature)) {
        const lines = linesOf(heads.measures, across, unit);
        return { lines, temperature: heads.temperature, note: "" };
      }
      const lines = linesOf(liveAt(curves.curves, temperature), across, unit);
      return { lines, temperature, note: liveSentence(curves) };
    },
  );
}

/** What to make of numbers that follow the slider. */
function liveSentence({ every }: AttentionCurves): string {
  const some = every === 1 ? "" : ` of one query in ${every}`;
  return `≈ from the row profile${some}, within 2e-5; exact once the slider rests.`;
}
