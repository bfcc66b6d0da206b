import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ByteSource } from "../../src/formats/byteSource";
import type { OpenedFile } from "../../src/formats/index";
import { MemorySource } from "../../src/formats/memorySource";
import { openFile } from "../../src/formats/open";
import { attempt, readWhole, spellJson } from "./outcome";

const ways = ["error", "short", "garbage", "abort"] as const;

/** A source whose k-th read goes wrong in one of four ways, as in SQLite's tests. */
class FailingSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly signal = { aborted: false };
  reads = 0;

  constructor(
    private readonly inner: MemorySource,
    private readonly failAt: number,
    private readonly way: (typeof ways)[number],
  ) {
    this.name = inner.name;
    this.size = inner.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = await this.inner.read(offset, length);
    if (this.reads++ !== this.failAt) return bytes;
    if (this.way === "error") throw new Error("EIO: i/o error, read");
    if (this.way === "short") return bytes.subarray(0, length >> 1);
    if (this.way === "garbage") return bytes.fill(0xa5);
    this.signal.aborted = true;
    return bytes;
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

/** Everything a file holds, as text to compare. */
async function content(opened: OpenedFile): Promise<string> {
  if (opened.format === "json") return JSON.stringify(spellJson(opened.value));
  if (opened.format === "jsonl") {
    return JSON.stringify(opened.lines.map(line => line.error?.reason ?? spellJson(line.value!)));
  }
  const members = [];
  for (const member of opened.members) {
    const { error, values } = await readWhole(member);
    members.push(error ? error.reason : values);
  }
  return JSON.stringify(members);
}

const files = [
  "logits.npy",
  "stored.npz",
  "deflated.npz",
  "zip64.npz",
  "descriptor.npz",
  "mixed.npz",
  "all.safetensors",
  "plain.json",
  "lines.jsonl",
];

describe.each(files)("%s with its k-th read failing, for every k", file => {
  const bytes = readFileSync(join(__dirname, "../fixtures/formats", file));
  const open = (failAt: number, way: (typeof ways)[number]) => {
    const source = new FailingSource(new MemorySource(file, bytes), failAt, way);
    return { source, opening: attempt(() => openFile(source, { signal: source.signal })) };
  };

  it.each(ways)("%s", async way => {
    const whole = open(Infinity, way);
    const right = await content((await whole.opening).opened!);
    const reads = whole.source.reads;
    for (let k = 0; k < reads; k++) {
      const { source, opening } = open(k, way);
      const { opened, error } = await opening;
      if (error) continue;
      const read = await content(opened);
      // Bytes that are wrong but plausible can't be told without a checksum; they must not throw.
      if (way === "garbage" || source.reads <= k) continue;
      if (read !== right) expect(read).toMatch(/FILE_UNREADABLE|TRUNCATED_DATA|CANCELLED|BAD_ZIP/);
    }
    expect(reads).toBeGreaterThan(1);
  });
});
