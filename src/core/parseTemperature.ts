/**
 * A temperature as a person writes it: "0.5", "1/2", "½", "0,5" (a decimal comma), "1e-3", "inf",
 * "Infinity", "∞".
 * @returns the number, from 0 to Infinity, or a sentence that says what is wrong
 */
export function parseTemperature(text: string): number | string {
  // NFKC spells "½" as "1⁄2"; the space keeps "1½" from being read as 11/2.
  const plain = text
    .replace(/[¼-¾⅐-⅞]/g, " $&")
    .normalize("NFKC")
    .replace(/⁄/g, "/")
    .replace(/−/g, "-")
    .trim();
  if (plain === "") return "Enter a temperature, for example 0.5, 1/2 or ∞.";
  if (/^[1-9]\d{0,2}(,\d{3})+$/.test(plain)) {
    return `“${plain}” can be read in two ways: write thousands without a comma and decimals with a point.`;
  }
  const T = parseQuotient(plain.replace(",", "."));
  if (Number.isNaN(T)) return `“${text.trim()}” is not a temperature: try 0.5, 1/2 or ∞.`;
  return T < 0 ? "A temperature cannot be negative: 0 is the lowest." : T + 0;
}

/** A number, or one divided by another; NaN for anything else. */
function parseQuotient(text: string): number {
  const [numerator, denominator, ...more] = text.split("/").map(parseNumber);
  if (denominator === undefined) return numerator;
  // What is divided by 0 or by ∞ is more likely a slip than a limit.
  const isQuotient = more.length === 0 && denominator !== 0 && Number.isFinite(denominator);
  return isQuotient ? numerator / denominator : NaN;
}

function parseNumber(text: string): number {
  const trimmed = text.trim();
  const infinity = /^([+-]?)(?:∞|inf|infinity)$/i.exec(trimmed);
  if (infinity) return infinity[1] === "-" ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : NaN;
}
