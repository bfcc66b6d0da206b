import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/formats/errors";
import { MemorySource } from "../../src/formats/memorySource";
import { crc32 } from "../../src/formats/npz/crc32";
import { InflatedSource } from "../../src/formats/npz/inflatedSource";
import { StoredSource } from "../../src/formats/npz/storedSource";

/** Noise, which deflate can't make much smaller. */
const data = Uint8Array.from(
  { length: 1 << 20 },
  (_, i) => (Math.imul(i, 0x9e3779b1) ^ (i * i)) >>> 24,
);
const packed = deflateRawSync(data);

/** Counts what is read of the compressed bytes. */
class CountingSource extends MemorySource {
  bytesRead = 0;

  override read(offset: number, length: number): Promise<Uint8Array> {
    this.bytesRead += length;
    return super.read(offset, length);
  }
}

function inflated(crc = crc32(data), left = 2 ** 30) {
  const archive = new CountingSource("a.npz", packed);
  const budget = { left };
  const sizes = { compressedSize: packed.length, uncompressedSize: data.length };
  const member = { name: "a.npz › x.npy", dataOffset: 0, ...sizes, crc };
  return { archive, budget, source: new InflatedSource(archive, member, budget) };
}

describe("CRC-32", () => {
  it("has the check value of its definition, in one piece or several", () => {
    const text = new TextEncoder().encode("123456789");
    expect(crc32(text)).toBe(0xcbf43926);
    expect(crc32(text.subarray(4), crc32(text.subarray(0, 4)))).toBe(0xcbf43926);
  });
});

describe("a deflated member", () => {
  it("gives its first rows without unpacking the rest", async () => {
    const { archive, source } = inflated();
    expect(await source.read(5, 100)).toEqual(data.slice(5, 105));
    expect(archive.bytesRead).toBeLessThan(packed.length / 2);
  });

  it("reads anywhere, in any order, by several readers at once", async () => {
    const { source } = inflated();
    const places = [900_000, 10, 500_000, 1_048_000, 0];
    const reads = await Promise.all(places.map(at => source.read(at, 500)));
    reads.forEach((bytes, i) => expect(bytes).toEqual(data.slice(places[i]!, places[i]! + 500)));
  });

  it("compares its checksum when its end is read", async () => {
    const { source } = inflated(1);
    expect(await source.read(0, 10)).toEqual(data.slice(0, 10));
    await expect(source.read(data.length - 1, 1)).rejects.toMatchObject({ reason: "BAD_CRC" });
    await expect(source.read(0, 10)).rejects.toMatchObject({ reason: "BAD_CRC" });
  });

  it("gives the bytes of any places in any order, however little it may keep", async () => {
    const place = fc.record({ offset: fc.nat(data.length), length: fc.nat(data.length / 4) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(place, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(0, 200_000, 2 ** 30),
        async (places, left) => {
          const { source, budget } = inflated(crc32(data), left);
          for (const { offset, length } of places) {
            const end = Math.min(offset + length, data.length);
            const bytes = await source.read(offset, end - offset);
            expect(Buffer.compare(bytes, data.subarray(offset, end))).toBe(0);
          }
          expect(budget.left).toBeGreaterThanOrEqual(0);
          await source.close();
        },
      ),
      { numRuns: 20 },
    );
  });

  it("stops when it is cancelled and goes on afterwards", async () => {
    const { source } = inflated();
    const cancelled = source.read(0, data.length, { aborted: true });
    await expect(cancelled).rejects.toMatchObject({ reason: "CANCELLED" });
    expect(crc32(await source.read(0, data.length))).toBe(crc32(data));
  });
});

describe("a stored member", () => {
  it("compares its checksum when it was read from beginning to end", async () => {
    const archive = new MemorySource("a.npz", data);
    const source = new StoredSource("a.npz › x.npy", 1000, archive, 7, 1);
    await source.read(500, 500);
    await source.read(0, 600);
    await expect(source.read(600, 400)).rejects.toBeInstanceOf(FormatError);
  });
});
