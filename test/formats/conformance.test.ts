import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { FileSource } from "../../src/compute/fileSource.node";
import { elementCount, toFloat64 } from "../../src/core/tensor";
import type { FormatError } from "../../src/formats/errors";
import type { Member, OpenedFile } from "../../src/formats/index";
import { openFile } from "../../src/formats/open";
import { attempt, readWhole, spellJson } from "./outcome";
import type { Spelled } from "./values";

/** An optional folder of conformance data beside the checkout. */
const folder = resolve(__dirname, "../../../shared/conformance");

interface ArrayEntry {
  descr?: unknown;
  dtype?: string;
  shape: number[];
  fortran_order?: boolean;
  values?: unknown[];
  valuesSha256?: string;
  first?: unknown[];
  last?: unknown[];
  allZero?: boolean;
  trailingBytes?: number;
}
interface Refusable {
  expect: "ok" | "reject" | "either";
  errors?: string[];
  array?: ArrayEntry;
}
interface MemberEntry extends Refusable {
  name: string;
}
interface Entry extends Refusable {
  file: string;
  note: string;
  bfloat16?: Spelled[];
  members?: MemberEntry[];
  tensors?: Record<string, ArrayEntry>;
  value?: unknown;
  lines?: unknown[];
}

const present = existsSync(folder);
const expectations = present
  ? (JSON.parse(readFileSync(`${folder}/expected.json`, "utf8")) as { files: Entry[] }).files
  : [];

describe.skipIf(!present)("conformance data beside the checkout, where there are any", () => {
  it("is there (skipped without ../shared/conformance)", () => {
    expect(expectations.length).toBeGreaterThan(0);
  });

  it.each(expectations)("$file: $note", async entry => {
    const source = await FileSource.open(`${folder}/${entry.file}`);
    try {
      const { opened, error } = await attempt(() => openFile(source));
      if (error) expectRefusal(entry, error);
      else await expectContent(entry, opened);
    } finally {
      await source.close();
    }
  });
});

/** A type that is not shown is refused as such where the data set expects its values. */
function expectRefusal(entry: Refusable, error: FormatError): void {
  const { reason } = error;
  const mayRefuse = entry.expect !== "reject" && entry.array && !isShown(entry.array);
  const allowed = entry.expect === "ok" ? [] : entry.errors!;
  expect([...allowed, ...(mayRefuse ? ["UNSUPPORTED_DTYPE"] : [])], error.message).toContain(
    reason,
  );
}

function isShown(array: ArrayEntry): boolean {
  const shown = /^([<>|=]?(b1|[iu][1248]|f[248])|BOOL|BF16|[IU](8|16|32|64)|F(16|32|64))$/;
  return shown.test(String(array.dtype ?? array.descr));
}

async function expectContent(entry: Entry, opened: OpenedFile): Promise<void> {
  if (opened.format === "json") return expectValue(entry, spellJson(opened.value));
  if (opened.format === "jsonl") return expectLines(entry, opened);
  if (opened.format === "safetensors") return expectTensors(entry, opened.members);
  if (opened.format === "npy") return expectArray(entry, opened.members[0]!, entry.bfloat16);
  if (entry.expect === "reject") {
    const outcomes = await Promise.all(opened.members.map(readWhole));
    return expectRefusal(entry, outcomes.find(outcome => outcome.error)!.error!);
  }
  for (const expected of entry.members!) {
    const name = expected.name.replace(/\.npy$/, "");
    const found = opened.members.filter(member => member.name === name);
    await expectArray(expected, found.at(-1)!);
  }
}

async function expectArray(entry: Refusable, member: Member, bfloat16?: Spelled[]): Promise<void> {
  if (entry.array?.allZero) return expectZeros(entry.array, member);
  const { error, values, tensor } = await readWhole(member);
  if (error) return expectRefusal(entry, error);
  expect(entry.expect).not.toBe("reject");
  const array = entry.array!;
  expect(tensor.shape).toEqual(array.shape);
  if (array.fortran_order !== undefined) expect(tensor.fortranOrder).toBe(array.fortran_order);
  if (array.values) expect(values).toEqual(bfloat16 ?? array.values.map(normal));
  if (array.trailingBytes) {
    expect(member.notes).toContain(`${array.trailingBytes} bytes after the data are not shown`);
  }
  if (array.valuesSha256) expectLongArray(array, values);
}

async function expectZeros(array: ArrayEntry, { tensor }: Member): Promise<void> {
  expect(tensor!.shape).toEqual(array.shape);
  const { data } = toFloat64(await tensor!.read(0, elementCount(array.shape)));
  expect(data.every(value => value === 0)).toBe(true);
}

function expectLongArray(array: ArrayEntry, values: readonly Spelled[]): void {
  expect(values.slice(0, 4)).toEqual(array.first!.map(normal));
  expect(values.slice(-4)).toEqual(array.last!.map(normal));
  const lines = values.map(value => JSON.stringify(value));
  const python = lines.map(text => pythonFloat(array, text)).join("\n");
  const digests = [python, `${python}\n`].map(text =>
    createHash("sha256").update(text).digest("hex"),
  );
  expect(digests).toContain(array.valuesSha256);
}

/** Python's json writes an integral float as 1.0 and exponents with two digits. */
function pythonFloat(array: ArrayEntry, text: string): string {
  if (!/f/.test(String(array.descr)) || text.startsWith('"')) return text;
  if (/e/.test(text)) return text.replace(/e([+-])(\d)$/, "e$10$2");
  const value = Number(text);
  if (value !== 0 && Math.abs(value) < 1e-4) {
    return value.toExponential().replace(/e-(\d)$/, "e-0$1");
  }
  return text.includes(".") ? text : `${text}.0`;
}

function normal(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+$/.test(value) && value !== "-0"
    ? Number.isSafeInteger(Number(value))
      ? Number(value)
      : value
    : value;
}

async function expectTensors(entry: Entry, members: readonly Member[]): Promise<void> {
  expect(entry.expect).not.toBe("reject");
  const names = Object.keys(entry.tensors!);
  expect(members.map(member => member.name).toSorted()).toEqual(names.toSorted());
  for (const member of members) {
    await expectArray({ ...entry, array: entry.tensors![member.name]! }, member);
  }
}

function expectValue(entry: Entry, value: unknown): void {
  expect(entry.expect).not.toBe("reject");
  // Where the data set has no value for us to compare, opening is all that is asked.
  if (entry.value !== undefined && entry.value !== null) expect(value).toEqual(entry.value);
}

function expectLines(entry: Entry, opened: OpenedFile & { format: "jsonl" }): void {
  expect(entry.expect).not.toBe("reject");
  const lines = opened.lines.map(({ line, value, error }) =>
    error ? { error: error.reason, line } : spellJson(value!),
  );
  expect(lines).toEqual(entry.lines);
}
