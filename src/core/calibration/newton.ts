import type { LossPoint, Losses } from "./lossSums";

/** The loss at a β. */
export type Point = LossPoint & { readonly beta: number };
export type Evaluate = (beta: number) => Promise<Point>;

/** Losses as points, and how many there have been. */
export function counted(losses: Losses) {
  let evaluations = 0;
  const all = async (betas: readonly number[]): Promise<Point[]> => {
    evaluations += betas.length;
    return (await losses(betas)).map((point, i) => ({ beta: betas[i], ...point }));
  };
  const at = async (beta: number) => (await all([beta]))[0];
  return { all, at, count: () => evaluations };
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

/** A step of ln β over which the curvature changes by more than rounding, and little. */
const bendStep = 0.01;

/** |d³NLL/d(ln β)³| about a β, by a difference. */
export async function bendAt(beta: number, losses: Losses): Promise<number> {
  const [here, beyond] = await counted(losses).all([beta, beta * Math.exp(bendStep)]);
  return Math.abs(curvature(beyond) - curvature(here)) / bendStep;
}

/** d²NLL/d(ln β)². */
function curvature({ beta, g, h }: Point): number {
  return beta * (g + h * beta);
}

/**
 * Newton's method from a point on.
 * @param bend that of the losses about there, if it is known
 */
export async function descend(
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
export interface Certified {
  readonly slope: number;
}

/** All of [0, ∞], less what one point rules out. */
export function openBracket(point: Point): Bracket {
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
export function newtonStep({ beta, g, h }: Point): number {
  if (g === 0) return 0;
  return -2 * g < h * beta ? -g / (h * beta + g) : Math.log1p(-g / (h * beta));
}

/** Whether a minimum lies ahead: where there is none, Newton's step is half of β at least. */
export function isInReach(point: Point): boolean {
  return Math.abs(newtonStep(point)) < 0.5;
}
