import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DType } from "../../src/core/tensor";
import type { ByteSource } from "../../src/formats/byteSource";
import type { Member, OpenedFile } from "../../src/formats/index";
import { limits } from "../../src/formats/limits";
import { MemorySource } from "../../src/formats/memorySource";
import { openFile } from "../../src/formats/open";
import { readWhole, spellJson } from "./outcome";

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

/** A text that is one piece many times over, between a start and an end. */
class PatternSource implements ByteSource {
  readonly size: number;
  longest = 0;
  private readonly start: Uint8Array;
  private readonly end: Uint8Array;
  private readonly pattern: Uint8Array;

  constructor(
    readonly name: string,
    start: string,
    piece: string,
    atLeast: number,
    end: string,
  ) {
    const bytes = (text: string) => new TextEncoder().encode(text);
    this.start = bytes(start);
    this.end = bytes(end);
    this.pattern = bytes(piece);
    const pieces = Math.ceil(atLeast / piece.length);
    this.size = start.length + pieces * piece.length + end.length;
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    this.longest = Math.max(this.longest, length);
    const { start, pattern, end, size } = this;
    const phase = (((offset - start.length) % pattern.length) + pattern.length) % pattern.length;
    const bytes = new Uint8Array(length);
    for (let i = 0; i < pattern.length; i++) bytes[i] = pattern[(phase + i) % pattern.length]!;
    for (let done = pattern.length; done < length; done *= 2) bytes.copyWithin(done, 0, done);
    for (let i = offset; i < start.length; i++) bytes[i - offset] = start[i]!;
    const tail = size - end.length;
    for (let i = Math.max(tail, offset); i < offset + length; i++)
      bytes[i - offset] = end[i - tail]!;
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

  it("opens JSON of more text than a string can hold", { timeout: 60_000 }, async () => {
    const source = new PatternSource("v.json", "[1,", " ", 2 ** 29 + 5e6, "2]");
    const opened = await openFile(source);
    expect(opened.format === "json" && spellJson(opened.value)).toEqual([1, 2]);
    expect(source.longest).toBeLessThanOrEqual(limits.jsonWindowBytes);
  });

  it("gives up on a text without an end, and says where it starts", async () => {
    const source = new PatternSource("v.json", '[1,\n "', "x", 2 ** 30, "");
    await expect(openFile(source)).rejects.toThrow(
      '"v.json": line 2, column 2: a text or number has no end within 32 MB; correct it there.',
    );
    expect(source.longest).toBeLessThanOrEqual(limits.jsonTokenBytes);
  });

  it("gives up on more values than memory holds", { timeout: 60_000 }, async () => {
    const source = new PatternSource("v.json", "[{}", ",{}", 2 ** 28, "]");
    await expect(openFile(source)).rejects.toMatchObject({ reason: "TOO_LARGE" });
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
