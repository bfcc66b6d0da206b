import type { DumpInfo, SourceInfo } from "../src/protocol/dumpInfo";

export { figure, figureRange, percent, percentRange, temperatureText } from "../src/core";

// Made once: toLocaleString makes a new one at each call, which a slider can feel.
const whole = new Intl.NumberFormat("en-US");

/** A whole number with its thousands apart. */
export function count(n: number): string {
  return whole.format(n);
}

/** "50,000 × 1,000"; "scalar" for an array without axes. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "scalar" : shape.map(count).join(" × ");
}

/** A source as the dump's reader knows it: by member within the file, by file beside it. */
export function sourceText(source: SourceInfo, info: DumpInfo): string {
  if (source.file === info.file) return source.name || source.file;
  return source.name ? `${source.name} in ${source.file}` : source.file;
}

/** How a class goes by in a table or on an axis: its name, or its index where it has none. */
export function classText(names: readonly string[] | null, index: number): string {
  return names?.[index] ?? String(index);
}

/** Cut in the middle, where names of one kind differ least. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const tail = Math.floor((length - 1) / 3);
  return `${text.slice(0, length - 1 - tail)}…${text.slice(text.length - tail)}`;
}
