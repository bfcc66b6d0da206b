import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { elementCount } from "../../src/core/tensor";
import type { Member, OpenedFile } from "../../src/formats/index";
import { MemorySource } from "../../src/formats/memorySource";
import { openFile } from "../../src/formats/open";
import { attempt, readWhole, spellJson } from "./outcome";

/** What `generate.mjs` wrote beside the fixtures. */
interface ExpectedMember {
  name: string;
  reason?: string;
  dtype?: string;
  shape?: number[];
  fortranOrder?: boolean;
  values?: unknown[];
  allZero?: boolean;
}
interface Expected {
  file: string;
  reason?: string;
  format?: OpenedFile["format"];
  members?: ExpectedMember[];
  value?: unknown;
  lines?: unknown[];
}

const folder = join(__dirname, "../fixtures");
const expectations = JSON.parse(
  readFileSync(join(folder, "formats.expected.json"), "utf8"),
) as Expected[];

describe("fixtures", () => {
  it.each(expectations)("$file", async expected => {
    const bytes = readFileSync(join(folder, "formats", expected.file));
    const source = new MemorySource(expected.file, bytes);
    const { opened, error } = await attempt(() => openFile(source));
    if (error) {
      expect(error.reason, error.message).toBe(expected.reason);
      expectSentence(error.message, expected.file);
      return;
    }
    expect(opened.format).toBe(expected.format);
    if (opened.format === "json") {
      if (expected.value !== undefined) expect(spellJson(opened.value)).toEqual(expected.value);
    } else if (opened.format === "jsonl") {
      const lines = opened.lines.map(({ line, value, error: lineError }) =>
        lineError ? { line, error: lineError.reason } : spellJson(value!),
      );
      expect(lines).toEqual(expected.lines);
    } else {
      await expectMembers(opened.members, expected);
    }
  });
});

/** The house's shape: the file in quotes, what is wrong, a semicolon, what to do. */
function expectSentence(message: string, file: string): void {
  expect(message).toMatch(/^"[^"]+": .+; .+\.$/);
  expect(message).toContain(file);
  expect(message).not.toMatch(/undefined|\[object|NaN|\n/);
}

async function expectMembers(members: readonly Member[], expected: Expected): Promise<void> {
  expect(members.map(member => member.name)).toEqual(expected.members!.map(({ name }) => name));
  for (const [i, member] of members.entries()) await expectMember(member, expected.members![i]!);
}

async function expectMember(member: Member, expected: ExpectedMember): Promise<void> {
  if (expected.allZero) {
    const values = await member.tensor!.read(0, elementCount(expected.shape!));
    expect(values.every((value: number | bigint) => value === 0)).toBe(true);
    return;
  }
  const { error, values, tensor } = await readWhole(member);
  if (error) {
    expect(error.reason, error.message).toBe(expected.reason);
    return;
  }
  const { dtype, shape, fortranOrder } = tensor;
  expect({ dtype, shape, fortranOrder, values }).toEqual({
    dtype: expected.dtype,
    shape: expected.shape,
    fortranOrder: expected.fortranOrder,
    values: expected.values,
  });
}
