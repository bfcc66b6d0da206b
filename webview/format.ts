import type { DumpInfo, SourceInfo } from "../src/protocol/dumpInfo";

/** A number for reading: six significant digits, "∞" spelt as such, "NaN" where there is none. */
export function figure(value: number): string {
  if (value === Infinity) return "∞";
  if (value === -Infinity) return "-∞";
  if (value === 0) return "0";
  // Below that, leading zeros are harder to read than an exponent.
  return Math.abs(value) < 1e-4 ? value.toExponential(5) : value.toPrecision(6);
}

/** A probability as a label in a picture: three digits, and never 0 % or 100 % unless it is. */
export function percent(p: number): string {
  if (p === 0 || p === 1) return `${p * 100} %`;
  if (p < 0.0001) return "<0.01 %";
  if (p > 0.9995) return ">99.9 %";
  return `${(p * 100).toPrecision(3)} %`;
}

// Made once: toLocaleString makes a new one at each call, which a slider can feel.
const whole = new Intl.NumberFormat("en-US");

/** A whole number with its thousands apart. */
export function count(n: number): string {
  return whole.format(n);
}

/** A temperature in a field or on a badge: short, and what `parseTemperature` reads. */
export function temperatureText(T: number): string {
  return T === Infinity ? "∞" : String(Number(T.toPrecision(6)));
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
