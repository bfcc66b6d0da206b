import type { Losses } from "./lossSums";
import { counted, descend, isInReach, newtonStep, openBracket } from "./newton";

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
