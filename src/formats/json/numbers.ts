import { decimalToFloat64 } from "./decimal";
import { limits } from "../limits";

/** What a scan found: a fault, a float64 in `value`, or an integer beyond 2^53 in `big`. */
export type Scanned = 0 | 1 | 2;
export const fault = 0;
export const float = 1;
export const big = 2;

/** Scans numbers; its answers stand in fields, as a returned float64 would be boxed each time. */
export class NumberScanner {
  readonly value = new Float64Array(1);
  big = 0n;
  /** Behind the number, or at the byte that should have been a digit. */
  end = 0;
  /** True when the token was digits alone: no sign, fraction or exponent. */
  plain = false;

  /**
   * Scans a JSON number, correctly rounded to float64; an integer beyond 2^53 becomes a bigint.
   * @param at offset of the sign or first digit
   * @returns a fault where `end` points at a byte that can't follow
   */
  scan(bytes: Uint8Array, at: number): Scanned {
    const start = at;
    const negative = bytes[at] === minus;
    if (negative) at++;
    // Up to 15 digits are exact in `high`, the next 4 in `low`; more go through the text.
    let high = 0;
    let low = 0;
    let lowScale = 1;
    let count = 0;
    let exponent = 0;
    const digitsStart = at;
    let digit = bytes[at]! - zero;
    while (digit >= 0 && digit <= 9) {
      if (count < 15) high = high * 10 + digit;
      else if (count < 19) {
        low = low * 10 + digit;
        lowScale *= 10;
      }
      if (high !== 0) count++;
      digit = bytes[++at]! - zero;
    }
    const integerDigits = at - digitsStart;
    this.end = at;
    if (integerDigits === 0) return fault;
    if (integerDigits > 1 && bytes[digitsStart] === zero) {
      this.end = digitsStart + 1;
      return fault;
    }
    const integer = bytes[at] !== dot && (bytes[at]! | 32) !== letterE;
    this.plain = integer && !negative;
    if (integer) {
      if (count <= 15) return this.found(negative ? -high : high);
      return this.bigInteger(bytes, start, at, integerDigits);
    }
    if (bytes[at] === dot) {
      const fractionStart = ++at;
      digit = bytes[at]! - zero;
      while (digit >= 0 && digit <= 9) {
        if (count < 15) high = high * 10 + digit;
        else if (count < 19) {
          low = low * 10 + digit;
          lowScale *= 10;
        }
        if (high !== 0) count++;
        digit = bytes[++at]! - zero;
      }
      this.end = at;
      if (at === fractionStart) return fault;
      exponent = fractionStart - at;
    }
    if ((bytes[at]! | 32) === letterE) {
      const sign = bytes[at + 1];
      at += sign === minus || sign === plus ? 2 : 1;
      const exponentStart = at;
      let stated = 0;
      digit = bytes[at]! - zero;
      while (digit >= 0 && digit <= 9) {
        stated = Math.min(stated * 10 + digit, 1e6);
        digit = bytes[++at]! - zero;
      }
      this.end = at;
      if (at === exponentStart) return fault;
      exponent += sign === minus ? -stated : stated;
    }
    this.end = at;
    const fast = count <= 19 ? decimalToFloat64(high, low, lowScale, exponent) : undefined;
    if (fast !== undefined) return this.found(negative ? -fast : fast);
    return this.found(Number(asciiText(bytes, start, at)));
  }

  private found(value: number): Scanned {
    this.value[0] = value;
    return float;
  }

  /** An integer of 16 digits or more; a fault where there are absurdly many. */
  private bigInteger(bytes: Uint8Array, start: number, end: number, digits: number): Scanned {
    if (digits > limits.jsonIntegerDigits) return fault;
    this.big = BigInt(asciiText(bytes, start, end));
    const exact = this.big >= -(2n ** 53n) && this.big <= 2n ** 53n;
    return exact ? this.found(Number(this.big)) : big;
  }
}

const zero = 0x30;
const minus = 0x2d;
const plus = 0x2b;
const dot = 0x2e;
const letterE = 0x65;
const decoder = new TextDecoder();

/** Bytes known to be ASCII, as text. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  const piece = bytes.subarray(start, end);
  if (piece.length > 64) return decoder.decode(piece);
  return String.fromCharCode.apply(null, piece as unknown as number[]);
}
