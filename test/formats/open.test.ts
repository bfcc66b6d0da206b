import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DType } from "../../src/core/tensor";
import type { ByteSource } from "../../src/formats/byteSource";
import type { Member, OpenedFile } from "../../src/formats/index";
import { limits } from "../../src/formats/limits";
import { MemorySource } from "../../src/formats/memorySource";
import { openFile } from "../../src/formats/open";
import { readWhole } from "./outcome";

const fixture = (name: string) => readFileSync(join(__dirname, "../fixtures/formats", name));
const textSource = (name: string, text: string) =>
  new MemorySource(name, new TextEncoder().encode(text));

/** A source that claims any size, and gives `start` and then zeros. */
class VastSource implements ByteSource {
  readonly name = "vast.npy";
  longest = 0;

  constructor(
    readonly size: number,
    private readonly start: Uint8Array,
  ) {}

  read(offset: number, length: number): Promise<Uint8Array> {
    this.longest = Math.max(this.longest, length);
    const bytes = new Uint8Array(length);
    bytes.set(this.start.subarray(offset, offset + length));
    return Promise.resolve(bytes);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

async function firstMember(name: string, voidAs?: DType): Promise<Member> {
  const source = new MemorySource(name, fixture(name));
  return onlyMember(await openFile(source, voidAs ? { voidAs } : {}));
}

function onlyMember(opened: OpenedFile): Member {
  if (!("members" in opened)) throw new Error("holds no arrays");
  return opened.members[0]!;
}

describe("raw elements", () => {
  it("of two bytes are read as bfloat16, and say so", async () => {
    const { tensor, notes } = await firstMember("bfloat16.npy");
    expect(tensor!.dtype).toBe("bfloat16");
    expect(notes).toEqual(["read as bfloat16: the file says only that each element has 2 bytes"]);
  });

  it("can be read as another type of their size", async () => {
    const member = await firstMember("bfloat16.npy", "uint16");
    expect(member.notes).toEqual(["raw bytes, read as uint16 as asked"]);
    expect((await readWhole(member)).values!.slice(0, 2)).toEqual([0x3f80, 0xc000]);
  });

  it("of one byte are never guessed, but can be chosen", async () => {
    await expect(firstMember("bad_void1.npy")).rejects.toThrow(/could be any 8-bit type; save/);
    expect((await firstMember("bad_void1.npy", "uint8")).tensor!.dtype).toBe("uint8");
    await expect(firstMember("bad_void1.npy", "float16")).rejects.toThrow(/8-bit type/);
  });

  it("leave stated types alone", async () => {
    expect((await firstMember("float16.npy", "uint16")).tensor!.dtype).toBe("float16");
  });
});

describe("opening", () => {
  it("reads only the header of a file of many gigabytes", async () => {
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000, 1000), }\n";
    const start = new TextEncoder().encode(
      `?NUMPY\x01\0${String.fromCharCode(header.length)}\0${header}`,
    );
    start[0] = 0x93;
    const source = new VastSource(4e9 + start.length, start);
    const opened = await openFile(source);
    expect(source.longest).toBeLessThan(1024);
    const { tensor } = onlyMember(opened);
    expect([...(await tensor!.read(999_999_999, 1))]).toEqual([0]);
    await expect(tensor!.read(0, 1e9)).rejects.toMatchObject({ reason: "TOO_LARGE" });
    await expect(tensor!.read(1e9, 1)).rejects.toMatchObject({ reason: "BAD_LENGTH" });
    await expect(tensor!.read(-1, 1)).rejects.toMatchObject({ reason: "BAD_LENGTH" });
  });

  it("refuses a header of more than a megabyte unread", async () => {
    const source = new VastSource(1e9, fixture("version2.npy").fill(0x7f, 8, 11));
    await expect(openFile(source)).rejects.toMatchObject({ reason: "HEADER_TOO_LARGE" });
    expect(source.longest).toBeLessThan(1024);
  });

  it("refuses JSON of more than its cap unread", async () => {
    const start = new TextEncoder().encode("[1, 2");
    const source = Object.assign(new VastSource(limits.jsonBytes + 1, start), { name: "v.json" });
    await expect(openFile(source)).rejects.toThrow('"v.json": is over 512 MB');
    expect(source.longest).toBeLessThan(1024);
  });

  it("reports progress through a text, and stops when cancelled", async () => {
    const source = textSource("a.json", `[${"1, ".repeat(3_000_000)}1]`);
    const seen: number[] = [];
    const signal = { aborted: false };
    const progress = (done: number, total: number) => void seen.push(done / total);
    await openFile(source, { progress, signal });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe(1);
    const stop = () => void (signal.aborted = true);
    const stopped = openFile(source, { progress: stop, signal });
    await expect(stopped).rejects.toMatchObject({ reason: "CANCELLED" });
  });

  it("lets a read outlive the signal of its opening", async () => {
    const signal = { aborted: false };
    const source = new MemorySource("logits.npy", fixture("logits.npy"));
    const opened = await openFile(source, { signal });
    signal.aborted = true;
    const { tensor } = onlyMember(opened);
    expect(await tensor!.read(0, 3)).toHaveLength(3);
    await expect(tensor!.read(0, 3, signal)).rejects.toMatchObject({ reason: "CANCELLED" });
  });
});

describe("sentences", () => {
  const refusal = async (source: ByteSource) => {
    const error: unknown = await openFile(source).then(
      () => new Error("opened"),
      (reason: unknown) => reason,
    );
    return (error as Error).message;
  };

  it("say line and column in characters", async () => {
    const source = textSource("a.json", '{"é": 1,\n "日本": tru}');
    expect(await refusal(source)).toBe(
      '"a.json": line 2, column 11: true is misspelt; correct it there.',
    );
  });

  it("say when a text ends too early", async () => {
    expect(await refusal(textSource("a.json", "[1, 2"))).toBe(
      '"a.json": line 1, column 6: it ends too early (still being written?); correct it there.',
    );
  });

  it("say when an array is shorter than its header says", async () => {
    expect(await refusal(new MemorySource("x.npy", fixture("bad_data_cut.npy")))).toBe(
      '"x.npy": is shorter than its header says (still being written?); wait until it is complete and open it again.',
    );
  });

  it("cannot be bent by a file's name", async () => {
    const name = "a\u202egnp.\nnpy";
    expect(await refusal(new MemorySource(name, new Uint8Array()))).toBe(
      '"a\ufffdgnp.\ufffdnpy": is empty (still being written?); wait or save it again.',
    );
  });

  it("of JSONL tell an interrupted writer", async () => {
    const opened = await openFile(new MemorySource("half.jsonl", fixture("half.jsonl")));
    expect(opened.format === "jsonl" && opened.lines[1]!.error!.message).toBe(
      '"half.jsonl": line 2 is unfinished (still being written?); wait until it is complete.',
    );
  });
});
