import { limits } from "../limits";
import { decimalToFloat64 } from "./decimal";

/** What a scan found: a fault, a float64 in `value`, or an integer beyond 2^53 in `big`. */
export type Scanned = 0 | 1 | 2;
export const fault = 0;
export const float = 1;
export const big = 2;

/** Scans any number; its answers stand in fields. Lists of usual ones go through `RunScanner`. */
export class NumberScanner {
  readonly value = new Float64Array(1);
  big = 0n;
  /** Behind the number, or at the byte that should have been a digit. */
  end = 0;
  /** True when the token was digits alone: no sign, fraction or exponent. */
  plain = false;

  /** See decimalToFloat64: up to 15 digits, the next 4, and their scale; more go through the text. */
  private readonly mantissa = new Float64Array(3);
  /** Digits from the first that is not 0. */
  private count = 0;

  /**
   * Scans a JSON number, correctly rounded to float64; an integer beyond 2^53 becomes a bigint.
   * @param at offset of the sign or first digit
   * @param limit offset behind the last byte that may be looked at
   * @returns a fault where `end` points at a byte that can't follow
   */
  scan(bytes: Uint8Array, at: number, limit: number): Scanned {
    const start = at;
    const { mantissa } = this;
    mantissa[0] = mantissa[1] = this.count = 0;
    mantissa[2] = 1;
    const negative = bytes[at] === minus;
    if (negative) at++;
    const digitsStart = at;
    at = this.end = this.digits(bytes, at, limit);
    const integerDigits = at - digitsStart;
    if (integerDigits === 0) return fault;
    if (integerDigits > 1 && bytes[digitsStart] === zero) {
      this.end = digitsStart + 1;
      return fault;
    }
    const next = at < limit ? bytes[at]! : 0;
    const integer = next !== dot && (next | 32) !== letterE;
    this.plain = integer && !negative;
    if (integer) {
      if (this.count <= 15) return this.found(negative ? -mantissa[0]! : mantissa[0]!);
      return this.bigInteger(bytes, start, at, integerDigits);
    }
    let exponent = 0;
    if (next === dot) {
      this.end = this.digits(bytes, at + 1, limit);
      if (this.end === at + 1) return fault;
      exponent = at + 1 - this.end;
      at = this.end;
    }
    if (at < limit && (bytes[at]! | 32) === letterE) {
      const stated = this.exponent(bytes, at + 1, limit);
      if (stated === undefined) return fault;
      exponent += stated;
    }
    if (this.count <= 19 && decimalToFloat64(mantissa, exponent, this.value, 0)) {
      return negative ? this.found(-this.value[0]!) : float;
    }
    return this.found(Number(asciiText(bytes, start, this.end)));
  }

  private found(value: number): Scanned {
    this.value[0] = value;
    return float;
  }

  /** Takes digits into the mantissa. @returns the offset behind them */
  private digits(bytes: Uint8Array, at: number, limit: number): number {
    let high = this.mantissa[0]!;
    let low = this.mantissa[1]!;
    let scale = this.mantissa[2]!;
    let { count } = this;
    for (; at < limit; at++) {
      const digit = bytes[at]! - zero;
      if (digit < 0 || digit > 9) break;
      if (count < 15) high = high * 10 + digit;
      else if (count < 19) {
        low = low * 10 + digit;
        scale *= 10;
      }
      if (high !== 0) count++;
    }
    this.mantissa[0] = high;
    this.mantissa[1] = low;
    this.mantissa[2] = scale;
    this.count = count;
    return at;
  }

  /** The number behind an `e`, or undefined where there is none. */
  private exponent(bytes: Uint8Array, at: number, limit: number): number | undefined {
    const sign = at < limit ? bytes[at] : 0;
    if (sign === minus || sign === plus) at++;
    const start = at;
    let stated = 0;
    for (; at < limit; at++) {
      const digit = bytes[at]! - zero;
      if (digit < 0 || digit > 9) break;
      stated = Math.min(stated * 10 + digit, 1e6);
    }
    this.end = at;
    if (at === start) return undefined;
    return sign === minus ? -stated : stated;
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
