import type { ScaleKind } from "../../src/protocol/attention";
import { toBytes } from "./oklab";
import { ramp } from "./ramp";

/** Weights below this have the lowest colour of the logarithmic scale. */
export const logFloor = 1e-4;

/** Steps of u = −ln weight to a unit: 0.4 % of a weight, less than one step of colour. */
export const stepsPerUnit = 256;

/** Steps in all; weights below e^−16 are told from masked ones only. */
export const steps = 16 * stepsPerUnit;

/** Colours by −ln of a weight, as the 32 bits of a pixel (little-endian RGBA). */
export interface ColorScale {
  readonly kind: ScaleKind;
  /** `steps` colours; the one behind them is for masked keys, and the last for queries without a distribution. */
  readonly colors: Uint32Array;
}

/** Where a weight lies on a scale, from 0 to 1. */
export function positionOf(weight: number, kind: ScaleKind): number {
  if (kind === "linear") return weight;
  return Math.max(0, 1 - Math.log(weight) / Math.log(logFloor));
}

/** Where masked keys and left-out queries have their colours. */
export const maskedStep = steps;
export const leftOutStep = steps + 1;

/** Shades of the ramp; more than a screen has of any of its colours. */
const shades = 256;

/** A scale for a page; masked keys are clear, so that the page shows through. */
export function colorScale(kind: ScaleKind, onDark: boolean): ColorScale {
  const ramped = ramp(shades, onDark).map(color => pixel(...toBytes(color)));
  const colors = new Uint32Array(steps + 2);
  for (let step = 0; step < steps; step++) {
    const weight = Math.exp(-(step + 0.5) / stepsPerUnit);
    colors[step] = ramped[Math.round(positionOf(weight, kind) * (shades - 1))];
  }
  colors[leftOutStep] = onDark ? pixel(110, 110, 110) : pixel(150, 150, 150);
  return { kind, colors };
}

/** The colours of a legend from its left to its right end. */
export function legendColors({ kind, colors }: ColorScale, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => {
    const t = i / (count - 1);
    const weight = kind === "linear" ? t : logFloor ** (1 - t);
    return colors[Math.min(steps - 1, Math.floor(-Math.log(weight) * stepsPerUnit))];
  });
}

function pixel(red: number, green: number, blue: number): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
