import { maxTemperature, minTemperature } from "../../src/core";

/** Small steps an octave: sixteen of them double the temperature. */
const perOctave = 16;

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: perOctave / 2,
  PageDown: -perOctave / 2,
};

/**
 * Where a key on the slider leads from temperature T; null for a key that means nothing there.
 * Steps land on the powers of 2^(1/16), so that ½, 1 and 2 are met exactly and the way back is the
 * way there. From beyond an end, a step leads to that end.
 */
export function steppedTemperature(key: string, T: number): number | null {
  if (key === "Home") return minTemperature;
  if (key === "End") return maxTemperature;
  if (!Object.hasOwn(steps, key)) return null;
  const clamped = Math.min(maxTemperature, Math.max(minTemperature, T));
  if (clamped !== T) return clamped;
  const next = 2 ** ((Math.round(Math.log2(T) * perOctave) + steps[key]) / perOctave);
  return Math.min(maxTemperature, Math.max(minTemperature, next));
}
