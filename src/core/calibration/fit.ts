import { describeFit } from "./fitSentence";
import type { LossPoint, Losses } from "./lossSums";
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

/** A Newton step of ln β that is shorter is the last: the next would be as its square. */
const shortest = 1e-6;

/** A slope dNLL/d ln β that proves a temperature: what the last step leaves of it isn't looked at. */
const proof = 1e-9;

/** A step to the middle of the bracket leaves half of it open, so it has to be as short as this. */
const narrowest = 1e-12;

/** The longest step of ln β that Newton's method is trusted with while one end is open. */
const longest = 4;

/** No search comes near this: each step halves the bracket, or doubles the stride to its end. */
const maxEvaluations = 200;

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
  const [here, beyond] = await counted(inexact).all([start.beta, start.beta * Math.exp(bendStep)]);
  const bend = Math.abs(curvature(beyond) - curvature(here)) / bendStep;
  return finish("optimum", await descend(at, openBracket(start), start, bend), count());
}

/**
 * Losses of some of the rows, moved so that slope and curvature are those of all rows at one β: near
 * it the slopes differ by what the third derivatives do, times half the distance squared.
 * @throws what they throw
 */
export async function shiftLosses(some: Losses, all: Losses, beta: number): Promise<Losses> {
  const [[here], [there]] = [await some([beta]), await all([beta])];
  const g = there.g - here.g;
  const h = there.h - here.h;
  return async betas =>
    (await some(betas)).map((point, i) => ({
      ...point,
      g: point.g + g + h * (betas[i] - beta),
      h: point.h + h,
    }));
}

/**
 * The temperature of the lowest loss near another one; that one, if there is none.
 * @param losses shifted ones, which far from their place need not be convex
 */
export async function lowestNear(T: number, losses: Losses): Promise<number> {
  const { at } = counted(losses);
  const start = await at(1 / T);
  if (!isInReach(start)) return T;
  const { beta } = await descend(at, openBracket(start), start);
  const isNear = Math.abs(Math.log(beta / start.beta)) < 1;
  return 1 / (isNear ? beta : start.beta * Math.exp(newtonStep(start)));
}

/** Whether a minimum lies ahead: where there is none, Newton's step is half of β at least. */
function isInReach(point: Point): boolean {
  return Math.abs(newtonStep(point)) < 0.5;
}

/** A step of ln β over which the curvature changes by more than rounding. */
const bendStep = 0.01;

/** d²NLL/d(ln β)². */
function curvature({ beta, g, h }: Point): number {
  return beta * (g + h * beta);
}

type Point = LossPoint & { readonly beta: number };
type Evaluate = (beta: number) => Promise<Point>;

function counted(losses: Losses) {
  let evaluations = 0;
  const all = async (betas: readonly number[]): Promise<Point[]> => {
    evaluations += betas.length;
    return (await losses(betas)).map((point, i) => ({ beta: betas[i], ...point }));
  };
  const at = async (beta: number) => (await all([beta]))[0];
  return { all, at, count: () => evaluations };
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

/**
 * Newton's method from a point on.
 * @param bend |d³NLL/d(ln β)³| about there, if it is known
 */
async function descend(
  at: Evaluate,
  bracket: Bracket,
  start: Point,
  bend = NaN,
): Promise<Point & Certified> {
  let point = start;
  for (let n = 0; n < maxEvaluations; n++) {
    narrow(bracket, point);
    const step = safeStep(bracket, point);
    const isNewton = step === newtonStep(point);
    const isLast = Math.abs(step) < (isNewton ? shortest : narrowest);
    const slope = Math.abs(point.beta * point.g);
    // Newton's step leaves half of bend·step², by Taylor; the rest is for what the bend is off.
    const left = (bend + curvature(point)) * step * step;
    const isBent = isNewton && Math.abs(step) < bendStep && left <= proof;
    const beta = point.beta * Math.exp(step);
    if (isBent || (isLast && slope <= proof)) {
      const nll = point.nll - (slope * Math.abs(step)) / 2;
      return { ...point, beta, nll, slope: isBent ? Math.min(left, slope) : slope };
    }
    point = await at(beta);
    if (isLast) break;
  }
  return { ...point, slope: Math.abs(point.beta * point.g) };
}

/** Where the lowest point must lie, and how the search has moved. */
interface Bracket {
  below: number;
  above: number;
  /** The next least length of a long step while one end is open. */
  stride: number;
  /** The length of the last step. */
  last: number;
}

/** What |dNLL/d ln β| is at most where a search ended. */
interface Certified {
  readonly slope: number;
}

/** All of [0, ∞], less what one point rules out. */
function openBracket(point: Point): Bracket {
  const bracket = { below: 0, above: Infinity, stride: 1, last: Infinity };
  narrow(bracket, point);
  return bracket;
}

function narrow(bracket: Bracket, { beta, g }: Point): void {
  if (g < 0) bracket.below = Math.max(bracket.below, beta);
  else bracket.above = Math.min(bracket.above, beta);
}

/** Newton's step of ln β where it does well, else one that is sure to make headway. */
function safeStep(bracket: Bracket, point: Point): number {
  const { below, above, last } = bracket;
  const newton = newtonStep(point);
  const length = Math.abs(newton);
  const next = point.beta * Math.exp(newton);
  let step = newton;
  if (below === 0 || above === Infinity) {
    if (!(length < 0.5)) {
      step = Math.sign(newton) * Math.max(Math.min(length, longest), bracket.stride);
      bracket.stride *= 2;
    }
  } else if (!(next > below && next < above) || length > last / 2) {
    step = (Math.log(below / point.beta) + Math.log(above / point.beta)) / 2; // to the middle
  }
  bracket.last = Math.abs(step);
  return step;
}

/**
 * Newton's step of ln β: −g/(hβ + g). Where that is long, or the NLL not convex in ln β, the one
 * of β itself as a step of ln β, which never points the wrong way.
 */
function newtonStep({ beta, g, h }: Point): number {
  if (g === 0) return 0;
  return -2 * g < h * beta ? -g / (h * beta + g) : Math.log1p(-g / (h * beta));
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
