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

/** A temperature in a field or on a badge: short, and what `parseTemperature` reads. */
export function temperatureText(T: number): string {
  return T === Infinity ? "∞" : String(Number(T.toPrecision(6)));
}

/** A probability that is known to lie between two: "≤ 12.5 %", "2.10 – 12.5 %". */
export function percentRange(low: number, high: number): string {
  const [from, to] = [percent(low), percent(high)];
  if (low === high || from === to) return from;
  if (to.startsWith("<")) return to;
  return low === 0 && high < 1 ? `≤ ${to}` : `${from.replace(" %", "")} – ${to}`;
}

/** The same in six digits. */
export function figureRange(low: number, high: number): string {
  if (figure(low) === figure(high)) return figure(low);
  return low === 0 && high < 1 ? `≤ ${figure(high)}` : `${figure(low)} – ${figure(high)}`;
}

/**
 * A whole number ≥ 0 with a comma between thousands, as `toLocaleString("en")` writes it; that one
 * loads the platform's tables of languages at its first call: 8 MB and some 20 ms in each worker.
 */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
