import type { FoundProbability } from "../calibration/classwise";
import { stateOf, type Block } from "../calibration/rowSums";
import { planeCount } from "../profile/grid";
import type { RowProfile } from "../profile/rowProfile";
import { checkTemperature } from "../temperature";
import {
  checkBlock,
  checkProfile,
  checkSums,
  checkTotals,
  logitBytes,
  sumFields,
  type BlockType,
  type Kernel,
  type Precision,
  type RowBlock,
} from "./kernel";
import { addNumbers, sumNumbers } from "./plainKernel";
import type { KernelExports } from "./kernelExports";
import { numbersOf } from "./widen";

/**
 * As in assembly/memory.ts: rows that one call takes, numbers of a row, classes whose probabilities
 * are added up at a time, codes of the types.
 */
const batchRows = 64;
const rowFields = 10;
const chunk = 2048;
const typeCodes: Readonly<Record<BlockType, number>> = {
  float32: 0,
  float64: 1,
  float16: 2,
  bfloat16: 3,
};
/** As in assembly/index.ts. */

const precisionCodes: Readonly<Record<Precision, number>> = { double: 0, single: 1, moments: 2 };

const pageBytes = 65536;

/** Bytes beyond the room and the scratch that whole vectors may read. */
const slack = 64;

/** The temperatures at which the kernel's exponents are far from the limits of their type. */
const ranges: Readonly<Record<Precision, number>> = {
  single: 1e6,
  moments: 1e6,
  double: 1e100,
};

/** Whether a precision's fast exponential holds at a temperature. */
function holds(precision: Precision, T: number): boolean {
  return T >= 1 / ranges[precision] && T <= ranges[precision];
}

/** The kernel in WebAssembly with vectors of four float32 or two float64. */
export class SimdKernel implements Kernel {
  readonly name = "simd";
  private readonly start: number;
  private roomBytes = 0;

  /** @param wasm a kernel's exports, that nothing else uses */
  constructor(private readonly wasm: KernelExports) {
    this.start = wasm.roomStart();
  }

  room(bytes: number): Uint8Array {
    if (bytes > this.roomBytes) this.grow(bytes);
    return new Uint8Array(this.wasm.memory.buffer, this.start, bytes);
  }

  sumRows(block: RowBlock, T: number, precision: Precision, sums: Float64Array): void {
    const temperature = checkTemperature(T);
    checkBlock(block, this.roomBytes);
    checkSums(block, sums);
    const fitting = holds(precision, temperature) ? precision : "double";
    if (!holds(fitting, temperature)) {
      return sumNumbers(this.numbers(block), block, temperature, sums);
    }
    const { wasm, scratch } = this;
    this.eachBatch(block, (type, at, first, rows) => {
      wasm.sumRows(type, at, rows, block.classes, scratch, temperature, precisionCodes[fitting]);
      sums.set(this.rowNumbers(rows), first * sumFields);
    });
  }

  profileRows(block: RowBlock, profile: RowProfile, offset: number): void {
    checkBlock(block, this.roomBytes);
    checkProfile(block, profile, offset);
    const { wasm, scratch } = this;
    const { classes, labels } = block;
    // What is dropped of Z, at most K·e^−cutoff, is 1e-10.
    const cutoff = Math.log(classes) + 23;
    this.eachBatch(block, (type, at, first, rows) => {
      wasm.profileRows(type, at, rows, classes, scratch, cutoff);
      const numbers = this.rowNumbers(rows);
      for (let r = 0; r < rows; r++) {
        writeRow(numbers, r, labels[first + r], profile, offset + first + r);
      }
      this.writePlanes(rows, profile, offset + first);
    });
  }

  addProbabilities(
    block: RowBlock,
    T: number,
    sums: Float64Array,
    totals: Float64Array,
    threshold: number,
    found: FoundProbability,
  ): void {
    const temperature = checkTemperature(T);
    checkBlock(block, this.roomBytes);
    checkSums(block, sums);
    checkTotals(block, totals);
    if (!holds("double", temperature)) {
      return addNumbers(this.numbers(block), block, T, sums, totals, threshold, found);
    }
    for (let first = 0; first < block.classes; first += chunk) {
      const part = totals.subarray(first, first + chunk);
      this.addPart(block, temperature, sums, part, first, threshold, found);
    }
  }

  /** Of as many classes as there are totals, from `first` on. */
  private addPart(
    { type, rows, classes, labels }: RowBlock,
    T: number,
    sums: Float64Array,
    totals: Float64Array,
    first: number,
    threshold: number,
    found: FoundProbability,
  ): void {
    const { wasm, start, scratch } = this;
    const count = totals.length;
    const { buffer } = wasm.memory;
    const added = new Float64Array(buffer, wasm.totalsAt(), count).fill(0);
    const values = new Float64Array(buffer, wasm.foundProbabilitiesAt(), chunk);
    const places = new Int32Array(buffer, wasm.foundClassesAt(), chunk);
    for (let r = 0; r < rows; r++) {
      if (labels[r] < 0 || stateOf(sums, r) !== 0) continue;
      const at = start + (r * classes + first) * logitBytes[type];
      const max = sums[r * sumFields + 1];
      const Z = 1 + sums[r * sumFields + 2];
      const large = wasm.addProbabilities(
        typeCodes[type],
        at,
        count,
        scratch,
        T,
        max,
        Z,
        threshold,
      );
      for (let i = 0; i < large; i++) found(r, first + places[i], values[i]);
    }
    for (let k = 0; k < count; k++) totals[k] += added[k];
  }

  /** Rows follow each other in a plane, so that a line of the cache is written at a time. */
  private writePlanes(rows: number, profile: RowProfile, offset: number): void {
    const from = new Float32Array(this.wasm.memory.buffer, this.wasm.planesAt());
    const { planes, state } = profile;
    for (let p = 0; p < planeCount; p++) {
      const to = p * profile.rows + offset;
      for (let r = 0; r < rows; r++) {
        if (state[offset + r] === 0) planes[to + r] = from[p * batchRows + r];
      }
    }
  }

  /** For the twin: at T = 0, T = ∞ and what is next to them. */
  private numbers({ type, rows, classes }: RowBlock): Block {
    const bytes = new Uint8Array(this.wasm.memory.buffer, this.start);
    return numbersOf(bytes, type, rows * classes);
  }

  private eachBatch(
    { type, rows, classes, labels }: RowBlock,
    work: (type: number, at: number, first: number, rows: number) => void,
  ): void {
    const labelsAt = this.wasm.labelsAt();
    for (let first = 0; first < rows; first += batchRows) {
      const count = Math.min(batchRows, rows - first);
      const into = new Int32Array(this.wasm.memory.buffer, labelsAt, count);
      into.set(labels.subarray(first, first + count));
      const at = this.start + first * classes * logitBytes[type];
      work(typeCodes[type], at, first, count);
    }
  }

  private rowNumbers(rows: number): Float64Array {
    return new Float64Array(this.wasm.memory.buffer, this.wasm.rowNumbersAt(), rows * rowFields);
  }

  /** Float32 of a row that is widened or narrowed: a row may fill the room. */
  private get scratch(): number {
    return this.start + roundUp(this.roomBytes, 16) + slack;
  }

  /** Room for so many bytes, and for the float32 of as many halves beside it. */
  private grow(bytes: number): void {
    const needed = this.start + 3 * roundUp(bytes, 16) + 2 * slack;
    const missing = needed - this.wasm.memory.buffer.byteLength;
    if (missing > 0) this.wasm.memory.grow(Math.ceil(missing / pageBytes));
    this.roomBytes = bytes;
  }
}

function roundUp(bytes: number, to: number): number {
  return Math.ceil(bytes / to) * to;
}

/** Takes over what assembly/index.ts left of a row beside its moments. */
function writeRow(
  numbers: Float64Array,
  r: number,
  label: number,
  profile: RowProfile,
  row: number,
): void {
  const at = r * rowFields;
  profile.state[row] = numbers[at];
  if (numbers[at] !== 0) return;
  profile.max[row] = numbers[at + 1];
  profile.argMax[row] = numbers[at + 2];
  profile.ties[row] = numbers[at + 3];
  profile.unmasked[row] = numbers[at + 4];
  profile.meanGap[row] = numbers[at + 5];
  profile.gapVariance[row] = numbers[at + 6];
  if (label < 0) return;
  profile.label[row] = label;
  profile.labelGap[row] = numbers[at + 7];
  profile.labelRank[row] = numbers[at + 8];
}
