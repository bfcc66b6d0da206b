import { limits } from "../limits";

/** Numbers a segment: 512 KB, so that a store grows without ever copying what it holds. */
const segmentBits = 16;
const segmentLength = 1 << segmentBits;
const mask = segmentLength - 1;
const firstLength = 256;

/** A run of numbers as plain data, which other threads can be sent. */
export interface NumberRun {
  readonly numbers: Float64Array;
  /** Indices of those that stand for a `null`. */
  readonly nulls: Uint32Array;
}

/** The numbers of a document in the order in which they stand there, in segments. */
export class NumberStore {
  /** All are full but the last. */
  private readonly segments: Float64Array[] = [];
  /** A bit for each number that stands for a `null`; only for segments that hold one. */
  private readonly nulls: (Uint8Array | undefined)[] = [];
  length = 0;

  /**
   * The segment for the next numbers: a caller may fill it from `tailAt` up to its length, and then
   * tells by `added` how many it wrote.
   * @throws RangeError where there would be more than memory can do with
   */
  tail(): Float64Array {
    const index = this.length >> segmentBits;
    const segment = this.segments[index];
    return segment && this.tailAt < segment.length ? segment : this.grow(index, segment);
  }

  get tailAt(): number {
    return this.length & mask;
  }

  /** Takes over what a caller wrote into the tail. */
  added(count: number): void {
    this.length += count;
  }

  push(value: number): void {
    this.tail()[this.tailAt] = value;
    this.length++;
  }

  /** A place without a number. */
  pushNull(): void {
    this.push(NaN);
    this.markNull(this.length - 1);
  }

  private markNull(at: number): void {
    const bits = (this.nulls[at >> segmentBits] ??= new Uint8Array(segmentLength >> 3));
    bits[(at & mask) >> 3]! |= 1 << (at & 7);
  }

  /** All of it as plain data. */
  toRun(): NumberRun {
    const numbers = new Float64Array(this.length);
    const found = this.copy(0, this.length, NaN, numbers, 0);
    const nulls = new Uint32Array(found);
    for (let i = 0, at = 0; at < found; i++) if (this.isNull(i)) nulls[at++] = i;
    return { numbers, nulls };
  }

  /** @throws RangeError as `tail` */
  append({ numbers, nulls }: NumberRun): void {
    const start = this.length;
    for (let at = 0; at < numbers.length;) {
      const tail = this.tail();
      const count = Math.min(numbers.length - at, tail.length - this.tailAt);
      tail.set(numbers.subarray(at, at + count), this.tailAt);
      this.length += count;
      at += count;
    }
    for (const at of nulls) this.markNull(start + at);
  }

  /** Takes the last numbers off again. */
  truncate(length: number): void {
    for (let i = length; i < this.length; i++) {
      const bits = this.nulls[i >> segmentBits];
      if (bits) bits[(i & mask) >> 3]! &= ~(1 << (i & 7));
      else i |= mask;
    }
    this.length = length;
  }

  isNull(at: number): boolean {
    const bits = this.nulls[at >> segmentBits];
    return bits !== undefined && ((bits[(at & mask) >> 3]! >> (at & 7)) & 1) === 1;
  }

  /** Copies numbers; those that are null as `nullAs`. @returns how many were null */
  copy(start: number, count: number, nullAs: number, out: Float64Array, outAt: number): number {
    let found = 0;
    for (const [from, to, segment] of this.runs(start, start + count)) {
      const target = outAt + from - start;
      out.set(segment.subarray(from & mask, (from & mask) + to - from), target);
      if (!this.nulls[from >> segmentBits]) continue;
      for (let i = from; i < to; i++) {
        if (!this.isNull(i)) continue;
        out[outAt + i - start] = nullAs;
        found++;
      }
    }
    return found;
  }

  /** How many of a run's numbers are null or equal to a value. */
  count(start: number, count: number, value: number): number {
    let found = 0;
    for (const [from, to, segment] of this.runs(start, start + count)) {
      const part = segment.subarray(from & mask, (from & mask) + to - from);
      for (let i = part.indexOf(value); i >= 0; i = part.indexOf(value, i + 1)) found++;
      if (!this.nulls[from >> segmentBits]) continue;
      for (let i = from; i < to; i++) if (this.isNull(i)) found++;
    }
    return found;
  }

  /** A run cut at the segments. */
  private *runs(start: number, end: number): Generator<readonly [number, number, Float64Array]> {
    for (let from = start; from < end;) {
      const to = Math.min(end, (from | mask) + 1);
      yield [from, to, this.segments[from >> segmentBits]!];
      from = to;
    }
  }

  /** A next segment; the first begins small, as most documents are. */
  private grow(index: number, full: Float64Array | undefined): Float64Array {
    if (this.length >= limits.jsonNumbers) throw new RangeError("too many numbers");
    const isSmall = full !== undefined && full.length < segmentLength;
    const length = index > 0 ? segmentLength : isSmall ? 4 * full.length : firstLength;
    const segment = new Float64Array(length);
    if (isSmall) segment.set(full);
    this.segments[index] = segment;
    return segment;
  }
}
