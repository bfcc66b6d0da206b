import { instantiate } from "../../core/webAssembly";
import wasm from "./numberRun.wasm";
import type { NumberStore } from "./numberStore";

/** Why a run of numbers stopped; as in assembly/index.ts. */
export type RunStop = 0 | 1 | 2 | 3;
/** Behind a comma, as the bytes or the room for numbers came to their end. */
export const ranOut = 0;
/** Behind the bracket that closes the list. */
export const closed = 1;
/** Behind a number that is followed by neither a comma nor a bracket. */
export const afterNumber = 2;
/** At something that is no usual number. */
export const atOther = 3;

/** A run looks no further than this past the offset it may start a number at. */
export const runMargin = 64;

/** As in assembly/index.ts: what a call takes at most, and the powers of ten that it knows. */
const textBytes = 1 << 17;
const numberCount = 1 << 14;
const maxPower = 280;

const nothing: Uint8Array = new Uint8Array();

/** The exports of assembly/index.ts. Addresses are bytes from the memory's start. */
interface RunExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  textAt(): number;
  numbersAt(): number;
  powersAt(): number;
  takenAt(): number;
  scan(from: number, limit: number, most: number, inLines: boolean): RunStop;
}

/**
 * Scans numbers with commas between them in WebAssembly, correctly rounded to float64. What is
 * unusual is left to its caller: more than 19 digits, an integer of more than 15, words, and one in
 * some thousand numbers of 17 digits.
 */
export class RunScanner {
  /** Offset behind what the last run took, and how many numbers that was. */
  at = 0;
  count = 0;

  /** What lies in the scanner's own memory: a part of these bytes. */
  private bytes = nothing;
  private from = 0;
  private to = 0;

  private readonly text: Uint8Array;
  private readonly numbers: Float64Array;
  private readonly taken: Int32Array;
  private readonly wasm: RunExports;

  /** @throws where there is no WebAssembly, or it knows no SIMD */
  constructor() {
    this.wasm = instantiate<RunExports>(wasm);
    const { memory, textAt, numbersAt, takenAt, powersAt } = this.wasm;
    this.text = new Uint8Array(memory.buffer, textAt(), textBytes);
    this.numbers = new Float64Array(memory.buffer, numbersAt(), numberCount);
    this.taken = new Int32Array(memory.buffer, takenAt(), 2);
    fillPowers(new BigUint64Array(memory.buffer, powersAt(), 2 * maxPower + 1));
  }

  /** Bytes may have changed since the last run. */
  forget(): void {
    this.bytes = nothing;
  }

  /**
   * Scans from an offset on, into the store.
   * @param limit no number starts here or later, and none that starts before reaches past it, unless
   *   `runMargin` bytes more may be looked at
   * @param inLines whether a newline is no blank
   */
  scan(
    bytes: Uint8Array,
    start: number,
    limit: number,
    inLines: boolean,
    store: NumberStore,
  ): RunStop {
    const isThere = start >= this.from && start < this.to - runMargin && bytes === this.bytes;
    if (!isThere) this.load(bytes, start, limit + runMargin);
    const { from, to, numbers, taken } = this;
    const tail = store.tail();
    const { tailAt } = store;
    const most = Math.min(tail.length - tailAt, numberCount);
    const stop = this.wasm.scan(start - from, to - runMargin - from, most, inLines);
    this.at = from + taken[0]!;
    const count = (this.count = taken[1]!);
    // A view costs as much as some dozen numbers.
    if (count > 32) tail.set(numbers.subarray(0, count), tailAt);
    else for (let i = 0; i < count; i++) tail[tailAt + i] = numbers[i]!;
    store.added(count);
    return stop;
  }

  private load(bytes: Uint8Array, from: number, end: number): void {
    this.bytes = bytes;
    this.from = from;
    this.to = Math.min(from + textBytes, end);
    this.text.set(bytes.subarray(from, this.to));
  }
}

/** The upper 64 bits of 10^q, which are those of 5^q, cut off: for q from −maxPower to maxPower. */
function fillPowers(powers: BigUint64Array): void {
  for (let q = 0, five = 1n; q <= maxPower; q++, five *= 5n) {
    const bits = BigInt(five.toString(2).length);
    powers[maxPower + q] = bits > 64n ? five >> (bits - 64n) : five << (64n - bits);
    if (q > 0) powers[maxPower - q] = (1n << (63n + bits)) / five;
  }
}

let shared: RunScanner | null | undefined;

/** The thread's one: runs begin and end within a call. Null where there is no WebAssembly SIMD. */
export function runScanner(): RunScanner | null {
  if (shared === undefined) {
    try {
      shared = new RunScanner();
    } catch {
      shared = null;
    }
  }
  return shared;
}
