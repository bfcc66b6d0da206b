import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { glance, readRow } from "../../src/compute/glance";
import { softmax } from "../../src/core";
import { siblingsOf } from "../../src/dump/pairing";
import type { ByteSource } from "../../src/formats/byteSource";
import { limits } from "../../src/formats/limits";
import { crc32 } from "../../src/formats/npz/crc32";
import type { FileRef } from "../../src/protocol/messages";
import { openDump, openSource } from "./dumpOf";

const folder = mkdtempSync(path.join(tmpdir(), "logit-inspector-glance-"));
afterAll(() => rmSync(folder, { recursive: true }));

const KiB = 1024;

/** Bytes read of each file since the last glance began. */
const bytesRead = new Map<string, number>();

/** Real files, each of whose reads is counted. */
async function counting(ref: FileRef): Promise<ByteSource> {
  const inner = await openSource(ref);
  bytesRead.set(ref.name, 0);
  return {
    name: inner.name,
    size: inner.size,
    read(offset, length, signal, into) {
      bytesRead.set(ref.name, bytesRead.get(ref.name)! + length);
      return inner.read(offset, length, signal, into);
    },
    close: () => inner.close(),
  };
}

const { signal } = new AbortController();

async function glanceAt(name: string) {
  bytesRead.clear();
  const ref = (name: string): FileRef => ({ name, path: path.join(folder, name) });
  const siblings = siblingsOf(name, readdirSync(folder)).map(ref);
  return glance(counting, ref(name), siblings, signal);
}

const mostRead = () => Math.max(...bytesRead.values());

/** Writes a file that goes on with a hole up to a size: zeros that take no room on the disk. */
function write(name: string, start: Uint8Array, size = start.length): void {
  const file = path.join(folder, name);
  writeFileSync(file, start);
  truncateSync(file, size);
}

function npy(descr: string, shape: readonly number[], data: Uint8Array, isFortran = false) {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const order = isFortran ? "True" : "False";
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${dims}), }`;
  const lead = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 0xf6, 0]);
  return Buffer.concat([lead, Buffer.from(`${header.padEnd(245)}\n`), data]);
}

const floats = (values: readonly number[]) => Buffer.from(Float32Array.from(values).buffer);
const longs = (values: readonly number[]) => Buffer.from(BigInt64Array.from(values, BigInt).buffer);

interface Entry {
  readonly name: string;
  readonly data: Uint8Array;
  readonly crc: number;
  /** Bytes it takes in the archive, a hole behind those of `data`; and once it is inflated. */
  readonly size: number;
  readonly inflated: number;
  readonly method: 0 | 8;
}

const stored = (name: string, data: Uint8Array, size = data.length): Entry => {
  return {
    name,
    data,
    size,
    inflated: size,
    crc: size === data.length ? crc32(data) : 1,
    method: 0,
  };
};

const deflated = (name: string, whole: Uint8Array): Entry => {
  const data = deflateRawSync(whole, { level: 1 });
  const sizes = { size: data.length, inflated: whole.length };
  return { name, data, ...sizes, crc: crc32(whole), method: 8 };
};

/** A zip archive with holes, up to 4 GB. */
function writeZip(name: string, entries: readonly Entry[]): void {
  const file = path.join(folder, name);
  writeFileSync(file, "");
  const directory: Buffer[] = [];
  let at = 0;
  const append = (bytes: Uint8Array, size = bytes.length) => {
    writeFileSync(file, bytes, { flag: "a" });
    truncateSync(file, (at += size));
  };
  for (const entry of entries) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(entry.method, 4);
    fields.writeUInt32LE(entry.crc, 10);
    fields.writeUInt32LE(entry.size, 14);
    fields.writeUInt32LE(entry.inflated, 18);
    fields.writeUInt16LE(entry.name.length, 22);
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(at, 10);
    const title = Buffer.from(entry.name);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), fields, offset, title);
    append(Buffer.concat([Buffer.from("PK\x03\x04"), fields, title]));
    append(entry.data, entry.size);
  }
  const whole = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(whole.length, 8);
  end.writeUInt32LE(at, 12);
  append(Buffer.concat([whole, Buffer.from("PK\x05\x06"), end]));
}

/** Numbers of a normal kind, and so many that deflate leaves megabytes. */
function noise(count: number): number[] {
  let state = 1;
  return Array.from({ length: count }, () => (state = (state * 48271) % 2147483647) / 1e8 - 10);
}

const classes = 1000;
const first = noise(classes);
const rows = 1 << 20;
const size = 4 * rows * classes;

describe("a glance at a large file", () => {
  it("reads the beginning of a .npy file of 4 GB, and the first of its labels", async () => {
    write("a_logits.npy", npy("<f4", [rows, classes], floats(first)), 256 + size);
    write("a_labels.npy", npy("<i8", [rows], longs([7])), 256 + 8 * rows);
    const { info, row } = await glanceAt("a_logits.npy");
    expect(info).toMatchObject({ rows, classes, dtype: "float32", size: 256 + size });
    expect(info.reading).toMatchObject({ kind: "logits", labels: "a_labels.npy" });
    expect(row!.label).toBe(7);
    expect([...row!.logits]).toEqual([...Float32Array.from(first)]);
    expect(bytesRead.get("a_logits.npy")).toBeLessThan(128 * KiB);
    expect(bytesRead.get("a_labels.npy")).toBeLessThan(4 * KiB);
  });

  it("reads the beginning of a member that is stored, and none of its checksum", async () => {
    const numbers = npy("<f4", [rows >> 2, classes], floats(first));
    writeZip("b.npz", [
      stored("logits.npy", numbers, 256 + size / 4),
      stored("small.npy", npy("<f4", [1 << 20], floats([1])), 256 + 4 * (1 << 20)),
      stored("labels.npy", npy("<i8", [rows >> 2], longs([3])), 256 + 8 * (rows >> 2)),
    ]);
    const { info, row } = await glanceAt("b.npz");
    expect(info.reading).toMatchObject({ logits: "b.npz#logits", labels: "b.npz#labels" });
    expect(row).toMatchObject({ label: 3 });
    expect(row!.logits[999]).toBe(Math.fround(first[999]));
    expect(mostRead()).toBeLessThan(256 * KiB);
  });

  it("inflates a member up to its first rows", async () => {
    const numbers = noise(4000 * classes);
    const logits = deflated("logits.npy", npy("<f4", [4000, classes], floats(numbers)));
    const labels = longs(noise(4000).map(x => Math.abs(Math.round(x))));
    writeZip("c.npz", [deflated("labels.npy", npy("<i8", [4000], labels)), logits]);
    expect(logits.size).toBeGreaterThan(8 * KiB * KiB);
    const { info, row } = await glanceAt("c.npz");
    expect(info).toMatchObject({ rows: 4000, classes, reading: { labels: "c.npz#labels" } });
    expect([...row!.logits]).toEqual([...Float32Array.from(numbers.slice(0, classes))]);
    expect(mostRead()).toBeLessThan(512 * KiB);
  });

  it("reads the header of a .safetensors file, and the first rows", async () => {
    const header = JSON.stringify({
      hidden: { dtype: "F32", shape: [1 << 18, 8], data_offsets: [0, 1 << 23] },
      logits: { dtype: "F32", shape: [rows, classes], data_offsets: [1 << 23, (1 << 23) + size] },
    });
    const lead = Buffer.alloc(8);
    lead.writeBigUInt64LE(BigInt(header.length));
    write(
      "d.safetensors",
      Buffer.concat([lead, Buffer.from(header)]),
      8 + header.length + (1 << 23) + size,
    );
    const { info, row } = await glanceAt("d.safetensors");
    expect(info).toMatchObject({ rows, classes, reading: { kind: "logits" } });
    expect(softmax(row!.logits, 1)[0]).toBeCloseTo(1 / classes, 12);
    expect(mostRead()).toBeLessThan(128 * KiB);
  });

  it("reads one number a class where they lie in columns", async () => {
    const tall = 1 << 20;
    write("e.npy", npy("<f4", [tall, 100], floats([5]), true), 256 + 4 * tall * 100);
    const { row } = await glanceAt("e.npy");
    expect([...row!.logits]).toEqual([5, ...new Array<number>(99).fill(0)]);
    expect(mostRead()).toBeLessThan(64 * KiB);
  });

  it("gives up where a row reaches too far, and where text is long", async () => {
    const tooFar = { reason: "TOO_FAR" };
    write("wide.npy", npy("<f4", [2, 1 << 22], floats([1])), 256 + 4 * (1 << 23));
    await expect(glanceAt("wide.npy")).rejects.toMatchObject(tooFar);
    write("columns.npy", npy("<f4", [8192, 8192], floats([1]), true), 256 + 4 * 8192 ** 2);
    await expect(glanceAt("columns.npy")).rejects.toMatchObject(tooFar);
    writeZip("zeros.npz", [
      deflated("logits.npy", npy("<f4", [2048, 2048], Buffer.alloc(1 << 24), true)),
    ]);
    await expect(glanceAt("zeros.npz")).rejects.toMatchObject(tooFar);
    expect(mostRead()).toBeLessThan(limits.glanceBytes);
    write("long.json", Buffer.from(`[${"1, ".repeat(1 << 20)}1]`));
    await expect(glanceAt("long.json")).rejects.toMatchObject(tooFar);
    expect(mostRead()).toBeLessThan(KiB);
  });
});

describe("a glance and the editor", () => {
  const fixtures = path.resolve(__dirname, "../fixtures/formats");
  /** Damage that only those find who read to the end. */
  const damaged = ["bad_crc.npz", "bad_size.npz"];
  const files = readdirSync(fixtures)
    .filter(name => /\.(npy|npz|safetensors|jsonl?)$/.test(name))
    .filter(name => !damaged.includes(name));

  it.each(files)("agree on %s", async name => {
    const ref = { name, path: path.join(fixtures, name) };
    const siblings = siblingsOf(name, readdirSync(fixtures)).map(sibling => {
      return { name: sibling, path: path.join(fixtures, sibling) };
    });
    let dump;
    try {
      dump = await openDump(ref.path);
    } catch (error) {
      const { message } = error as Error;
      await expect(glance(openSource, ref, siblings, signal)).rejects.toThrow(message);
      return;
    }
    const { info, row } = await glance(openSource, ref, siblings, signal);
    const { reading, dtype, shape, rows, classes, classNames } = dump.info();
    expect(info).toMatchObject({ reading, dtype, shape, rows, classes, classNames });
    if (row) expect(row).toEqual(await readRow(dump.view, 0, signal));
    else expect(reading.kind === "values" || rows * classes === 0).toBe(true);
    await dump.close();
  });
});
