import { closeSync, openSync, readSync, writeSync } from "node:fs";
import path from "node:path";
import { randomStream, unit } from "../../src/core/calibration/random";

/** A dump on disk: float32 logits and int64 labels, each an .npy file, named as a pair. */
export interface Dump {
  readonly logits: string;
  readonly labels: string;
  readonly rows: number;
  readonly classes: number;
  /** Where the logits begin in their file. */
  readonly dataOffset: number;
}

/** A dump in memory that threads can share. */
export interface Resident {
  readonly classes: number;
  readonly logits: Float32Array;
  readonly labels: Int32Array;
}

/** All classes scatter by this; the true one scatters more and lies higher, and sometimes loses. */
const scatter = 4;
const trueScatter = 8.4;

/** A row is cut from a table of scores at random: 130 million logarithms would take a while. */
const tableSize = 1 << 20;

/** Bytes written at a time. */
const chunk = 1 << 18;

/**
 * Writes a dump as a network that is too sure of itself would make it: z = 4·N(0, 1), and the true
 * class 8.4·N(0, 1) above `lift`. With 1,000 classes and a lift of 19 about three rows in four are
 * right, and T of about 1.4 is best.
 */
export function writeDump(
  folder: string,
  name: string,
  rows: number,
  classes: number,
  lift: number,
): Dump {
  const random = randomStream(1);
  const labels = Int32Array.from({ length: rows }, () => Math.floor(random() * unit * classes));
  const logits = path.join(folder, `${name}_logits.npy`);
  const labelFile = path.join(folder, `${name}_labels.npy`);
  const scores = normals(tableSize, random).map(value => scatter * value);
  const lifted = normals(rows + (rows % 2), random).map(value => lift + trueScatter * value);
  const row = new Float32Array(classes);
  const dataOffset = writeNpy(logits, "<f4", [rows, classes], write => {
    for (let r = 0; r < rows; r++) {
      const start = Math.floor(random() * unit * (tableSize - classes));
      row.set(scores.subarray(start, start + classes));
      row[labels[r]] = lifted[r];
      write(row);
    }
  });
  writeNpy(labelFile, "<i8", [rows], write => write(BigInt64Array.from(labels, BigInt)));
  return { logits, labels: labelFile, rows, classes, dataOffset };
}

/** Reads a dump into memory. */
export function load({ logits, labels, rows, classes, dataOffset }: Dump): Resident {
  const data = new SharedArrayBuffer(4 * rows * classes);
  readInto(logits, dataOffset, Buffer.from(data));
  const wide = new BigInt64Array(rows);
  readInto(labels, npyHeader("<i8", [rows]).length, Buffer.from(wide.buffer));
  return {
    classes,
    logits: new Float32Array(data),
    labels: Int32Array.from(wide, Number),
  };
}

function readInto(file: string, offset: number, target: Buffer): void {
  const handle = openSync(file, "r");
  for (let done = 0; done < target.length;) {
    const count = Math.min(1 << 26, target.length - done);
    done += readSync(handle, target, done, count, offset + done);
  }
  closeSync(handle);
}

/** Normal deviates, by pairs: Box and Muller 1958. */
function normals(count: number, random: () => number): Float32Array {
  const out = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log((random() + 1) * unit));
    const angle = 2 * Math.PI * unit * random();
    out[i] = radius * Math.cos(angle);
    out[i + 1] = radius * Math.sin(angle);
  }
  return out;
}

/** Writes an .npy file piece by piece. @returns where its data begin */
function writeNpy(
  file: string,
  descr: string,
  shape: readonly number[],
  fill: (write: (piece: NodeJS.TypedArray) => void) => void,
): number {
  const handle = openSync(file, "w");
  const header = npyHeader(descr, shape);
  writeSync(handle, header);
  const buffer = Buffer.alloc(chunk);
  let used = 0;
  const flush = () => {
    for (let done = 0; done < used;) done += writeSync(handle, buffer, done, used - done);
    used = 0;
  };
  fill(({ buffer: bytes, byteOffset, byteLength }) => {
    for (let done = 0; done < byteLength;) {
      const count = Math.min(buffer.length - used, byteLength - done);
      buffer.set(new Uint8Array(bytes, byteOffset + done, count), used);
      used += count;
      done += count;
      if (used === buffer.length) flush();
    }
  });
  flush();
  closeSync(handle);
  return header.length;
}

/** Version 1.0 of NumPy's format, little-endian, in C order. */
function npyHeader(descr: string, shape: readonly number[]): Buffer {
  const dims = shape.map(dim => `${dim},`).join(" ");
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${dims}), }`;
  const length = 128 - 10; // a whole number of cache lines, long enough for any dump here
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length, 0]);
  return Buffer.concat([start, Buffer.from(`${dict.padEnd(length - 1)}\n`)]);
}
