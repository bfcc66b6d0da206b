import type { ErrorBound, LiveMetrics, RowSample } from "../../src/core";
import type { Calibration } from "../../src/protocol/calibration";
import { count, figure, temperatureText } from "../format";

/** How many rows the numbers are made of, and how many not. */
export function countsSentence({ used, unlabelled, unusable }: LiveMetrics): string {
  const left = [
    unlabelled > 0 ? `${count(unlabelled)} without a label` : "",
    unusable > 0 ? `${count(unusable)} without a distribution (NaN, +∞ or masked throughout)` : "",
  ].filter(text => text !== "");
  const out = left.length > 0 ? `; left out: ${left.join(", ")}` : "";
  return `${rowsText(used)} used${out}.`;
}

/** Why the NLL is ∞; empty where it is not for that reason. */
export function zerosSentence({ trueClassZeros }: LiveMetrics): string {
  if (trueClassZeros === 0) return "";
  const have = trueClassZeros === 1 ? "has" : "have";
  return `${rowsText(trueClassZeros)} ${have} a true class at probability 0, so NLL is ∞.`;
}

/** What to make of numbers that follow the slider, made of these rows. */
export function liveSentence({ logZ }: ErrorBound, sample: RowSample): string {
  const digit = 10 ** Math.floor(Math.log10(logZ));
  const bound = (Math.ceil(logZ / digit) * digit).toExponential(0);
  const some = sampleText(sample);
  return `≈ from the row profile${some}, the NLL within ${bound}; exact once the slider rests.`;
}

/** Of which rows, if not all; begins with a blank, to be put behind what they are of. */
export function sampleText({ count: taken, of }: RowSample): string {
  return taken === of ? "" : ` of ${count(taken)} rows, spread over all ${count(of)}`;
}

/** That the search ended where it should: the slope of the NLL there. */
export function certificate({ fit }: Calibration): string {
  if (fit.verdict !== "optimum") return "";
  return `Slope of the NLL there, |dNLL/d ln T|: at most ${fit.gradient.toExponential(1)}.`;
}

/** What temperature can mend, which is all that a fit promises. */
export function mendSentence({ fit }: Calibration, atOne: LiveMetrics | undefined): string {
  if (fit.verdict !== "optimum" || !atOne) return "";
  return (
    `What temperature can mend: NLL falls by ${figure(atOne.nll - fit.nll)}, ` +
    `from ${figure(atOne.nll)} at T = 1 to ${figure(fit.nll)}.`
  );
}

/** How the fit does on rows that it did not see. */
export function heldOutSentence({ heldOut, choice }: Calibration): string {
  if (!heldOut) return "";
  const { folds, nll, ece, temperatures } = heldOut;
  const ends = [Math.min(...temperatures), Math.max(...temperatures)].map(short);
  return (
    `On held-out rows (${folds} folds; fitted rows are never the reported rows): ` +
    `NLL ${figure(nll)}, ECE ${figure(ece)} in ${choice.bins} bins, ${choice.convention}; ` +
    `T from ${ends[0]} to ${ends[1]}.`
  );
}

/** That the lowest NLL is not the lowest ECE, where it is so. */
export function disagreementSentence(
  atOne: LiveMetrics | undefined,
  fitted: LiveMetrics | undefined,
): string {
  if (!atOne || !fitted || !(fitted.ece > atOne.ece) || !(fitted.nll < atOne.nll)) return "";
  return (
    `The ECE rises from ${figure(atOne.ece)} to ${figure(fitted.ece)} ` +
    "while the NLL falls: T* is the NLL-optimal T, and the two measures disagree here."
  );
}

/** The fit on another file beside the one here: the overfit reading. */
export function otherSentence(other: Calibration, here: Calibration | null): string {
  const T = other.fit.T;
  const there = `${other.file}: ${other.fit.sentence}`;
  if (!here || !Number.isFinite(here.fit.T) || !Number.isFinite(T)) return there;
  const difference = here.fit.T - T;
  const more = difference > 0 ? "higher" : "lower";
  return (
    `${there} T* here is ${figure(Math.abs(difference))} ${more}. If that file was trained on, ` +
    "the difference is the overfit reading."
  );
}

/** Where temperature can't help. */
export const limits =
  "Temperature never changes an answer, so the accuracy stays as it is; and a temperature fitted " +
  "on these rows carries no knowledge to data unlike them.";

function rowsText(n: number): string {
  return n === 1 ? "1 row" : `${count(n)} rows`;
}

function short(T: number): string {
  return temperatureText(Number(T.toPrecision(4)));
}
