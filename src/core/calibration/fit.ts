import { describeFit } from "./fitSentence";
import type { LossPoint, Losses } from "./lossSums";
import {
  bendAt,
  counted,
  descend,
  isInReach,
  newtonStep,
  openBracket,
  type Certified,
  type Evaluate,
  type Point,
} from "./newton";
import { normal95 } from "./reliability";

/**
 * What a fit found: a lowest point of the NLL; or none, as it falls all the way to T = 0
 * ("separable") or to T = ∞ ("worse than uniform"), or doesn't depend on T at all ("undefined").
 */
export type Verdict = "optimum" | "separable" | "worse than uniform" | "undefined";

/** A fitted temperature. */
export interface TemperatureFit {
  readonly verdict: Verdict;
  /** The verdict in words. */
  readonly sentence: string;
  /** The NLL-optimal temperature: 0 if separable, ∞ if worse than uniform, NaN if undefined. */
  readonly T: number;
  /** The mean NLL at T. */
  readonly nll: number;
  /**
   * How far |dNLL/d ln T| may be from 0 at T, where rounding alone keeps it from that at an optimum:
   * as measured there, or before a last, tiny step; or what such a step leaves of it by Taylor.
   */
  readonly gradient: number;
  /** How often the loss was evaluated. */
  readonly evaluations: number;
  /** Rows that the fit was made of, and those among them whose label has probability 0. */
  readonly rows: number;
  readonly trueClassZeros: number;
  /** Standard error of ln T by the curvature of the NLL; NaN unless there is an optimum. */
  readonly standardError: number;
  /** The 95 % interval of T by that error. */
  readonly low: number;
  readonly high: number;
}

/** Slopes at β = 0 below this part of the logits' spread would put T beyond 10^7 spreads: e^−16. */
const flat = Math.exp(-16);

/**
 * Finds the temperature with the lowest NLL by Newton's method on ln β inside a bracket. The NLL is
 * convex in β, so its slope at both ends of [0, ∞] tells in advance whether there is a lowest
 * point. That and the first guess are taken from the logits' own spread, not from a fixed range
 * of β: logits in other units give T in those units.
 * @param losses what they throw ends the fit
 */
export async function fitTemperature(losses: Losses): Promise<TemperatureFit> {
  const { all, at, count } = counted(losses);
  const [uniform, one] = await all([0, 1]);
  const verdict = judge(uniform);
  const point =
    verdict === "optimum"
      ? await search(at, uniform, one)
      : verdict === "separable"
        ? await at(Infinity)
        : uniform;
  return finish(verdict, point, count());
}

/**
 * Makes an exact fit of one on losses that are a little off, rounded or of a sample of the rows: by
 * one evaluation of the exact loss as a rule, by further ones if it asks for them.
 * @param T where inexact losses are lowest
 * @param inexact those losses
 * @param exact what they throw ends the fit
 */
export async function polishFit(
  T: number,
  inexact: Losses,
  exact: Losses,
): Promise<TemperatureFit> {
  const { at, count } = counted(exact);
  const start = await at(1 / T);
  if (!isInReach(start)) return fitTemperature(exact);
  const bend = await bendAt(start.beta, inexact);
  return finish("optimum", await descend(at, openBracket(start), start, bend), count());
}

function judge({ rows, trueClassZeros, g, h, shortfall }: LossPoint): Verdict {
  if (rows === 0) return "undefined";
  if (trueClassZeros > 0) return "worse than uniform";
  if (h === 0) return "undefined";
  if (shortfall === 0) return "separable";
  return g >= -flat * Math.sqrt(h) ? "worse than uniform" : "optimum";
}

/** The search from T = 1 where that is in reach, else from Newton's first step from β = 0. */
async function search(at: Evaluate, uniform: Point, one: Point): Promise<Point & Certified> {
  const guess = -uniform.g / uniform.h;
  const isFar = !(Math.abs(newtonStep(one)) < 0.9) && guess > 0 && guess < Infinity;
  return descend(at, openBracket(one), isFar ? await at(guess) : one);
}

function finish(verdict: Verdict, point: Point & Partial<Certified>, evaluations: number) {
  const { beta, nll, h, rows, trueClassZeros, shortfall, slope = NaN } = point;
  const isOptimum = verdict === "optimum";
  const T = verdict === "undefined" ? NaN : 1 / beta;
  const standardError = isOptimum ? 1 / (beta * Math.sqrt(rows * h)) : NaN;
  const spread = Math.exp(normal95 * standardError);
  const fit = {
    verdict,
    T,
    nll,
    // The slope is a difference of means, which are rounded.
    gradient: slope + Number.EPSILON * beta * shortfall,
    evaluations,
    rows,
    trueClassZeros,
    standardError,
    low: T / spread,
    high: T * spread,
  };
  return { ...fit, sentence: describeFit(fit) };
}
