// Scans numbers with commas between them, the inner loop of all reading of JSON: 32 bytes at a time,
// and without branches on signs and lengths, which can't be predicted. numberRun.ts is its caller.

/** Bytes of text and numbers that a call takes at most; as in numberRun.ts. */
const textBytes = 1 << 17;
const numberCount = 1 << 14;

/** The text, with slack for whole vectors before and behind; the numbers, as float64. */
const text = memory.data(32 + textBytes + 64, 16) + 32;
const numbers = memory.data(numberCount * 8, 16);

/** The upper 64 bits of 10^q, cut off, for q from −maxPower to maxPower, which the caller fills in. */
const maxPower = 280;
const powers = memory.data((2 * maxPower + 1) * 8, 16);

/** 10^0 … 10^22: those that are exact in float64. */
const exactPowers = memory.data<f64>([
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]);
const maxExact: u32 = 22;

/** What the last call took: the offset behind it in the text, and how many numbers. */
const taken = memory.data(2 * 4, 4);

export function textAt(): usize {
  return text;
}

export function numbersAt(): usize {
  return numbers;
}

export function powersAt(): usize {
  return powers;
}

export function takenAt(): usize {
  return taken;
}

/** Why a run stops; as in numberRun.ts. */
const ranOut: i32 = 0;
const closed: i32 = 1;
const afterNumber: i32 = 2;
const atOther: i32 = 3;

/**
 * Scans numbers from an offset in the text on.
 * @param limit no number starts at this offset or later
 * @param most numbers that there is room for
 * @param inLines whether a newline is no blank
 * @returns why it stopped
 */
export function scan(from: i32, limit: i32, most: i32, inLines: bool): i32 {
  const lineBreak: u8 = inLines ? 0x20 : 0x0a;
  const end = text + limit;
  const full = numbers + (<usize>most << 3);
  let at = text + from;
  let out = numbers;
  let stop = ranOut;
  while (at < end && out < full) {
    let byte = load<u8>(at);
    while (isBlank(byte, lineBreak) && at < end) byte = load<u8>(++at);
    const signs = <i32>(byte == 0x2d);

    // Where the token's parts end is seen in the bits of those bytes that are no digits.
    const mask = otherBytes(v128.load(at)) | (otherBytes(v128.load(at, 16)) << 16);
    let others = mask & ~1;
    let length = ctz(others);
    let digits = length - signs;
    let fraction = 0;
    const zeros = <i32>(digits > 1) & <i32>(load<u8>(at + signs) == 0x30);
    let odd = (mask & 1 & ~signs) | <i32>(digits == 0) | zeros;
    byte = load<u8>(at + length);
    if (byte == 0x2e) {
      const dot = length;
      others &= others - 1;
      length = ctz(others);
      fraction = length - dot - 1;
      digits += fraction;
      odd |= <i32>(fraction == 0);
      byte = load<u8>(at + length);
    }
    // A token that goes on behind the 32 bytes is odd, too.
    if (odd | <i32>(length > 31)) {
      stop = atOther;
      break;
    }
    const start = at;
    at += length;
    let exponent = -fraction;
    // Without a dot all digits stand together, as those of a fraction do.
    if (fraction == 0) fraction = digits;
    const value = digits < 16 ? last16(at, fraction, digits) : last32(at, fraction, digits);
    if ((byte | 0x20) == 0x65) {
      exponent += exponentAt(at + 1);
      at = behindExponent;
      byte = load<u8>(at);
    }

    let number: f64;
    if (digits < 16 && <u32>-exponent <= maxExact) {
      // Both are exact, so that the division rounds once (Clinger 1990).
      number = <f64>(<i64>value) / load<f64>(exactPowers + (<usize>-exponent << 3));
    } else {
      // An integer that long is not for float64.
      number = exponent == 0 || value == tooLong ? unknown : rounded(value, exponent);
      if (number == unknown) {
        at = start;
        stop = atOther;
        break;
      }
    }
    store<u64>(out, reinterpret<u64>(number) | (<u64>signs << 63));
    out += 8;

    while (isBlank(byte, lineBreak) && at < end) byte = load<u8>(++at);
    if (byte == 0x2c) {
      at++;
      continue;
    }
    stop = byte == 0x5d ? closed : afterNumber;
    at += <usize>(stop == closed);
    break;
  }
  store<i32>(taken, <i32>(at - text));
  store<i32>(taken, <i32>((out - numbers) >> 3), 4);
  return stop;
}

@inline
function isBlank(byte: u8, lineBreak: u8): bool {
  return byte <= 0x20 && (byte == 0x20 || byte == lineBreak || byte == 0x0d || byte == 0x09);
}

/** A bit for each byte that is no digit: digits are moved to −128 … −119, the lowest there are. */
@inline
function otherBytes(bytes: v128): i32 {
  const moved = i8x16.add(bytes, i8x16.splat(0x50));
  return i8x16.bitmask(i8x16.gt_s(moved, i8x16.splat(-119)));
}

let behindExponent: usize = 0;

/** The number behind an `e`: beyond all powers where there is none or it is too long. */
function exponentAt(at: usize): i32 {
  const sign = load<u8>(at);
  at += <usize>(sign == 0x2d || sign == 0x2b);
  const start = at;
  let stated: i32 = 0;
  let digit = <i32>load<u8>(at) - 0x30;
  while (<u32>digit <= 9 && at < start + 4) {
    stated = stated * 10 + digit;
    digit = <i32>load<u8>(++at) - 0x30;
  }
  behindExponent = at;
  if (at == start || <u32>digit <= 9) return 1 << 20;
  return sign == 0x2d ? -stated : stated;
}

/** In place of a value of more than 19 digits. */
const tooLong = u64.MAX_VALUE;

/** Up to 16 digits that end at an address, the last of which stand behind a dot. */
@inline
function last16(end: usize, fraction: i32, digits: i32): u64 {
  return toInteger(digitLanes(end, lanes + 16 + fraction, lanes + 16 + digits));
}

/** The same of up to 32, zeros before the others among them. */
@inline
function last32(end: usize, fraction: i32, digits: i32): u64 {
  const upper = toInteger(digitLanes(end - 16, lanes + fraction, lanes + digits));
  return upper > 999 ? tooLong : upper * 10000000000000000 + last16(end, fraction, digits);
}

/** From an address `lanes + n` on, the last n of 32 lanes have the bits of a digit set. */
const lanes = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
  15, 15, 15, 15, 15, 15, 15,
]);

/**
 * The 16 bytes before an address as digits: those of the integer one on, over the dot.
 * @param behindDot where there is a mask of the lanes of the fraction
 * @param used where there is a mask of the lanes of digits
 */
@inline
function digitLanes(end: usize, behindDot: usize, used: usize): v128 {
  const bytes = v128.bitselect(v128.load(end - 16), v128.load(end - 17), v128.load(behindDot));
  return v128.and(bytes, v128.load(used));
}

/** The number in 16 lanes of digits: pairs, fours and eights at a time. */
@inline
function toInteger(digits: v128): u64 {
  // The first of two digits is the lower byte: times 10 · 256 + 1, the upper byte is both.
  const pairs = i16x8.shr_u(i16x8.mul(digits, i16x8.splat(2561)), 8);
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const narrow = i16x8.narrow_i32x4_s(fours, fours);
  const eights = i32x4.dot_i16x8_s(narrow, i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  const upper = <u64>(<u32>i32x4.extract_lane(eights, 0));
  return upper * 100000000 + <u64>(<u32>i32x4.extract_lane(eights, 1));
}

/** In place of a number that the text has to tell. */
const unknown: f64 = -1;

/**
 * value · 10^exponent, correctly rounded to float64: the product of the value and the power's upper
 * 64 bits (Lemire 2021, "Number parsing at a gigabyte per second"), wherever what was cut off can't
 * change the rounding. No power here leads to a number that is denormal or infinite.
 */
@inline
function rounded(value: u64, exponent: i32): f64 {
  if (<u32>(exponent + maxPower) > 2 * maxPower) return unknown;
  if (value == 0) return 0;
  const shift = clz(value);
  const factor = value << shift;
  const power = load<u64>(powers + (<usize>(exponent + maxPower) << 3));
  const low = factor * power;
  const high = upperProduct(factor, power);
  const top = <i32>(high >> 63);
  // Below the 53 bits of the result: at `half` it is a tie.
  const half: u64 = (<u64>1 << 9) << top;
  const rest = high & (2 * half - 1);
  // The power is less than 1 too small, and so the product less than `factor`.
  const isBelow = rest == half - 1 && low + factor < low;
  if (isBelow || (rest == half && low == 0)) return unknown;
  const mantissa = ((high >> (9 + top)) + 1) >> 1;
  // The power's exponent of two: floor(exponent · log2 10).
  const twos = ((217706 * exponent) >> 16) + 63 + top - <i32>shift;
  return reinterpret<f64>((<u64>(twos + 1022) << 52) + mantissa);
}

/** The upper half of the 128 bits of a product. */
@inline
function upperProduct(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const bLow = b & 0xffffffff;
  const aHigh = a >> 32;
  const bHigh = b >> 32;
  const cross = aHigh * bLow + ((aLow * bLow) >> 32);
  const other = aLow * bHigh + (cross & 0xffffffff);
  return aHigh * bHigh + (cross >> 32) + (other >> 32);
}
