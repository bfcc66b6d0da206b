import { percent, temperatureText } from "./numberText";
import { massRounding, type PartialState } from "./partial";
import type { PartialModel } from "./partialModel";

/** Why a row in such a state has no distribution, in a sentence. */
export const partialReasons: Readonly<Record<Exclude<PartialState, "usable">, string>> = {
  hasNaN: "This row holds NaN, so it has no distribution.",
  overfull: "The probabilities that this row lists add up to more than 1, so they are none.",
  unknown: "This token has no log-probability: the first token of a text has none.",
};

/** What the listed classes cover, and what their numbers are at a temperature. */
export function partialSentence(
  { covered }: PartialModel,
  T: number,
  vocabulary = Infinity,
): string {
  const left = 1 - covered;
  const rest = left > massRounding ? percent(left) : "0.001 % at most"; // sums are no better known
  const what = `The listed tokens cover ${percent(Math.min(1, covered))} at T = 1`;
  if (T === 1) {
    return `${what}, where all numbers are exact. Which tokens share the rest, ${rest}, is unknown.`;
  }
  const at = `At T = ${temperatureText(T)}`;
  return T < 1 || vocabulary < Infinity
    ? `${what}. ${at} each probability is a bound: the rest, ${rest}, may be few tokens or many.`
    : `${what}. ${at} each probability is an upper bound: the more tokens share the rest, ${rest}, ` +
        `the more they gain.`;
}
