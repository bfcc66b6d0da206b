/**
 * Decimal to float64, correctly rounded, without a string.
 *
 * Up to 15 digits and 10^22 both factors are exact, so one operation rounds once (Clinger 1990).
 * Beyond, up to 19 digits, the value is computed as an unevaluated sum of two float64 ("double
 * double", Dekker 1971) to about 100 bits, and kept where no error that small can change the
 * rounding; else the answer is undefined and the caller converts the text.
 */
export function decimalToFloat64(
  high: number,
  low: number,
  lowScale: number,
  exponent: number,
): number | undefined {
  if (low === 0 && lowScale === 1 && exponent >= -22 && exponent <= 22) {
    return exponent < 0 ? high / powersHigh[-exponent]! : high * powersHigh[exponent]!;
  }
  if (high === 0 || exponent < -maxPower || exponent > maxPower) return undefined;
  // The mantissa high · lowScale + low as a double double, exactly.
  const product = high * lowScale;
  const sum = product + low;
  const rest = twoProductError(high, lowScale, product) + (low - (sum - product));
  return exponent < 0 ? divide(sum, rest, -exponent) : multiply(sum, rest, exponent);
}

const maxPower = 250;
/** 10^k as double doubles. */
const powersHigh = new Float64Array(maxPower + 1);
const powersLow = new Float64Array(maxPower + 1);
for (let k = 0, power = 1n; k <= maxPower; k++, power *= 10n) {
  powersHigh[k] = Number(power);
  powersLow[k] = Number(power - BigInt(powersHigh[k]!));
}

/** Well above the error of the steps below (a few times 2^-104), well below half an ulp (2^-54). */
const tolerance = 2 ** -96;

function multiply(sum: number, rest: number, exponent: number): number | undefined {
  const high = powersHigh[exponent]!;
  const product = sum * high;
  const error = twoProductError(sum, high, product) + (sum * powersLow[exponent]! + rest * high);
  return roundSafely(product, error);
}

function divide(sum: number, rest: number, exponent: number): number | undefined {
  const high = powersHigh[exponent]!;
  const quotient = sum / high;
  const product = quotient * high;
  const remainder =
    sum -
    product -
    twoProductError(quotient, high, product) +
    rest -
    quotient * powersLow[exponent]!;
  return roundSafely(quotient, remainder / high);
}

/** The sum, where it rounds to the same number with the error's bound added and taken away. */
function roundSafely(value: number, error: number): number | undefined {
  const bound = value * tolerance;
  const rounded = value + (error + bound);
  return rounded === value + (error - bound) ? rounded : undefined;
}

/** a·b − fl(a·b), exactly (Veltkamp's split, Dekker's product). */
function twoProductError(a: number, b: number, product: number): number {
  const aBig = a * 134217729;
  const aHigh = aBig - (aBig - a);
  const aLow = a - aHigh;
  const bBig = b * 134217729;
  const bHigh = bBig - (bBig - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
