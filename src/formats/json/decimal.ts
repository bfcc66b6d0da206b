/**
 * Decimal to float64, correctly rounded, without a string.
 *
 * Where the mantissa and the power of ten are both exact, one operation rounds once (Clinger 1990).
 * Beyond, the value is computed as an unevaluated sum of two float64 ("double double", Dekker 1971)
 * to about 100 bits, and kept where no error that small can change the rounding.
 *
 * Its arguments stand in arrays: a float64 handed from function to function is boxed each time.
 * @param mantissa high, low and scale of high · scale + low: up to 15 digits in the first, up to 7
 *   more in the second
 * @param out gets the number at index `at`
 * @returns false, where the caller has to convert the text
 */
export function decimalToFloat64(
  mantissa: Float64Array,
  exponent: number,
  out: Float64Array,
  at: number,
): boolean {
  const high = mantissa[0]!;
  const low = mantissa[1]!;
  const scale = mantissa[2]!;
  const product = high * scale;
  const sum = product + low;
  if (exponent >= -22 && exponent <= 22 && sum < 2 ** 53) {
    out[at] = exponent < 0 ? sum / powersOf10[-exponent]! : sum * powersOf10[exponent]!;
    return true;
  }
  if (high === 0 || exponent < -maxPower || exponent > maxPower) return false;
  // The mantissa as a double double, exactly: the product's own error and the sum's. A scale of up
  // to 24 bits needs no splitting. Written out, as V8 stops inlining at some depth.
  let big = high * splitter;
  const highTop = big - (big - high);
  const rest = highTop * scale - product + (high - highTop) * scale + (low - (sum - product));

  const power = exponent < 0 ? -exponent : exponent;
  const divisor = powersOf10[power]!;
  const value = exponent < 0 ? sum / divisor : sum * divisor;
  // The error of a division is told by the quotient times the divisor, as that of a product is.
  const factor = exponent < 0 ? value : sum;
  const back = factor * divisor;
  big = factor * splitter;
  const factorTop = big - (big - factor);
  const factorRest = factor - factorTop;
  const divisorTop = powersTop[power]!;
  const divisorRest = divisor - divisorTop;
  const backError =
    factorRest * divisorRest -
    (back - factorTop * divisorTop - factorRest * divisorTop - factorTop * divisorRest);
  const powerError = factor * powersLow[power]!;
  const error =
    exponent < 0
      ? (sum - back - backError + rest - powerError) * inverses[power]!
      : backError + (powerError + rest * divisor);

  const bound = value * tolerance;
  const rounded = value + (error + bound);
  out[at] = rounded;
  return rounded === value + (error - bound);
}

const maxPower = 250;
/** 2^27 + 1: splits a float64 into two parts of 26 bits. */
const splitter = 134217729;
/** 10^k as double doubles, the first parts (exact up to 10^22) with their upper halves beside. */
const powersOf10 = new Float64Array(maxPower + 1);
const powersLow = new Float64Array(maxPower + 1);
const powersTop = new Float64Array(maxPower + 1);
const inverses = new Float64Array(maxPower + 1);
for (let k = 0, power = 1n; k <= maxPower; k++, power *= 10n) {
  const nearest = Number(power);
  powersOf10[k] = nearest;
  powersLow[k] = Number(power - BigInt(nearest));
  powersTop[k] = nearest * splitter - (nearest * splitter - nearest);
  inverses[k] = 1 / nearest;
}

/** Well above the error of the steps above (a few times 2^-104), well below half an ulp (2^-54). */
const tolerance = 2 ** -96;
