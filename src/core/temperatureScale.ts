import { checkTemperature } from "./temperature";

/** The ends of the slider. Its scale is logarithmic, so T = 1 is in the middle. */
export const minTemperature = 0.05;
export const maxTemperature = 20;

/** Temperatures that a drag catches on. */
const presets: readonly number[] = [0.5, 1, 2];

/** How near a drag must come to a preset, as a part of the slider's length. */
const catchDistance = 0.004;

/**
 * Where on the slider a temperature lies: 0 at 0.05 and below, 1 at 20 and above, ½ at 1.
 * @throws RangeError for a negative or NaN temperature
 */
export function temperatureToPosition(T: number): number {
  const position = 0.5 + Math.log(checkTemperature(T)) / (2 * Math.log(maxTemperature));
  return Math.min(1, Math.max(0, position));
}

/** The temperature at a position from 0 to 1 on the slider; beyond its ends, that of the end. */
export function positionToTemperature(position: number): number {
  if (position <= 0) return minTemperature;
  if (position >= 1) return maxTemperature;
  return maxTemperature ** (2 * position - 1); // from 1/20 by way of 1 to 20
}

/**
 * A dragged temperature made readable: a preset (½, 1, 2) that is near, else three significant
 * digits. For pointers only: an arrow key that steps less than the catch would never leave a preset.
 */
export function snapTemperature(T: number): number {
  const distance = (preset: number) =>
    Math.abs(temperatureToPosition(preset) - temperatureToPosition(T));
  return presets.find(preset => distance(preset) < catchDistance) ?? Number(T.toPrecision(3));
}
