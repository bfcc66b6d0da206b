import { decimalToFloat64, powersOf10 } from "./decimal";

/** Why a run of numbers stopped. */
export type RunStop = 0 | 1 | 2 | 3;
/** Behind a comma, as the bytes or the room for numbers came to their end. */
export const ranOut = 0;
/** Behind the bracket that closes the list. */
export const closed = 1;
/** Behind a number that is followed by neither a comma nor a bracket. */
export const afterNumber = 2;
/** At something that is no usual number. */
export const atOther = 3;

/** Where a run stopped: offsets behind what was taken and what was written. */
export interface RunEnd {
  at: number;
  count: number;
}

/** A run looks no further than this past the offset it may start a number at. */
export const runMargin = 64;

/**
 * Scans numbers with commas between them: the inner loop of all reading. What is unusual (more than
 * 19 digits, an integer of more than 9, words) is left to its caller.
 * @param view a view of the same bytes
 * @param at offset of the first number or the blanks before it
 * @param limit no number starts here or later, and none that starts before reaches past it, unless
 *   `runMargin` bytes more may be looked at
 * @param out where numbers go, from `count` on
 */
export function scanRun(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  limit: number,
  out: Float64Array,
  count: number,
  end: RunEnd,
): RunStop {
  let stop: RunStop = ranOut;
  const powers = signedPowers;
  const tens = powersOf10;
  while (at < limit && count < out.length) {
    let byte = bytes[at]!;
    while (byte <= space && isBlank(byte) && at < limit) byte = bytes[++at]!;
    const start = at;
    // 1 or 0, without a branch: signs can't be predicted.
    const negative = ((byte ^ minus) - 1) >>> 31;
    at += negative;
    let digit = bytes[at]! - zero;
    if (digit >>> 0 > 9) {
      at = start;
      stop = atOther;
      break;
    }
    // The integer: one digit where it is 0, else up to nine.
    let high = digit;
    digit = bytes[++at]! - zero;
    if (digit >>> 0 <= 9) {
      const most = high === 0 ? at : at + 8;
      while (digit >>> 0 <= 9 && at < most) {
        high = high * 10 + digit;
        digit = bytes[++at]! - zero;
      }
    }
    let low = 0;
    let lowScale = 1;
    let exponent = 0;
    if (digit === dot - zero) {
      // The fraction, four digits at a time: into `high` while it has room, the rest into `low`.
      const fractionStart = ++at;
      let four = view.getInt32(at, true);
      let others = otherBytes(four);
      if (others === 0) {
        high = high * 10000 + fourDigits(four);
        four = view.getInt32((at += 4), true);
        others = otherBytes(four);
        if (others === 0 && high < 1e11) {
          high = high * 10000 + fourDigits(four);
          four = view.getInt32((at += 4), true);
          others = otherBytes(four);
          if (others === 0 && high < 1e11) {
            high = high * 10000 + fourDigits(four);
            four = view.getInt32((at += 4), true);
            others = otherBytes(four);
          }
        }
      }
      if (others === 0) {
        low = fourDigits(four);
        lowScale = 10000;
        four = view.getInt32((at += 4), true);
        others = otherBytes(four);
      }
      // Up to three more, as the last bytes of a word; lengths can't be predicted either.
      const more = (31 - Math.clz32(others & -others)) >> 3;
      const tail = fourDigits((four << (31 - 8 * more)) << 1);
      if (lowScale === 1 && high < 1e11) high = high * tens[more]! + tail;
      else {
        low = low * tens[more]! + tail;
        lowScale *= tens[more]!;
      }
      at += more;
      exponent = fractionStart - at;
      // No digit at all, or one too many, is for the caller.
      digit = others === 0 || exponent === 0 ? 0 : -1;
    }
    if (digit >>> 0 <= 9) {
      at = start;
      stop = atOther;
      break;
    }
    byte = bytes[at]!;
    if ((byte | 32) === letterE) {
      const sign = bytes[at + 1]!;
      let next = at + (sign === minus || sign === plus ? 2 : 1);
      const most = next + 3;
      let stated = 0;
      digit = bytes[next]! - zero;
      while (digit >>> 0 <= 9 && next < most) {
        stated = stated * 10 + digit;
        digit = bytes[++next]! - zero;
      }
      if (next === most - 3 || digit >>> 0 <= 9) {
        at = start;
        stop = atOther;
        break;
      }
      exponent += sign === minus ? -stated : stated;
      at = next;
      byte = bytes[at]!;
    }
    if (lowScale === 1 && exponent <= 0 && exponent >= -22) {
      out[count] = high / powers[exponent + 22 + 23 * negative]!;
    } else {
      mantissa[0] = high;
      mantissa[1] = low;
      mantissa[2] = lowScale;
      if (!decimalToFloat64(mantissa, exponent, out, count)) {
        at = start;
        stop = atOther;
        break;
      }
      out[count]! *= 1 - 2 * negative;
    }
    count++;
    while (byte <= space && isBlank(byte) && at < limit) byte = bytes[++at]!;
    at++;
    if (byte === comma) continue;
    if (byte === closeBracket) stop = closed;
    else {
      at--;
      stop = afterNumber;
    }
    break;
  }
  end.at = at;
  end.count = count;
  return stop;
}

const mantissa = new Float64Array(3);
/** 10^22 … 10^0, and the same negative. */
const signedPowers = Float64Array.from({ length: 46 }, (_, i) =>
  i < 23 ? powersOf10[22 - i]! : -powersOf10[45 - i]!,
);
const space = 0x20;
const minus = 0x2d;
const plus = 0x2b;
const dot = 0x2e;
const zero = 0x30;
const comma = 0x2c;
const closeBracket = 0x5d;
const letterE = 0x65;

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** A bit at least in each byte that is no ASCII digit, up to the first such byte. */
function otherBytes(word: number): number {
  return ((word & 0xf0f0f0f0) ^ 0x30303030) | (((word + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030);
}

/** The number in four ASCII digits or zeros, the first digit in the lowest byte. */
function fourDigits(word: number): number {
  const pairs = (Math.imul(word & 0x0f0f0f0f, 2561) >>> 8) & 0x00ff00ff;
  return Math.imul(pairs, 6553601) >>> 16;
}
