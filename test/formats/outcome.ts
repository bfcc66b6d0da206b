import { elementCount } from "../../src/core/tensor";
import { FormatError } from "../../src/formats/errors";
import type { JsonValue, Member, OpenedFile } from "../../src/formats/index";
import { NumberArray } from "../../src/formats/json/numberArray";
import { spell, spelledValues } from "./values";

/** Reads every element of a member; a late failure (a checksum at the end) counts as its refusal. */
export async function readWhole(member: Member) {
  if (!member.tensor) return { error: member.refusal! };
  try {
    return { values: await spelledValues(member.tensor), tensor: member.tensor };
  } catch (error) {
    if (error instanceof FormatError) return { error };
    throw error;
  }
}

/** Opens a file, or gives the FormatError; anything else thrown is a failure of the test. */
export async function attempt(open: () => Promise<OpenedFile>) {
  try {
    return { opened: await open() };
  } catch (error) {
    if (error instanceof FormatError) return { error };
    throw error;
  }
}

/** Touches every byte that a file offers, in small parts too. @throws FormatError */
export async function exhaust(opened: OpenedFile): Promise<void> {
  if (!("members" in opened)) return;
  for (const { tensor } of opened.members) {
    if (!tensor) continue;
    const count = elementCount(tensor.shape);
    const part = Math.min(count, 1 << 20);
    await tensor.read(0, part);
    if (count > part) await tensor.read(count - part, part);
  }
}

/** A JSON value as the expectations spell it. */
export function spellJson(value: JsonValue): unknown {
  if (typeof value === "number" || typeof value === "bigint") return spell(value);
  if (value instanceof NumberArray) return value.entries().map(spellJson);
  if (Array.isArray(value)) return value.map(spellJson);
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [key, spellJson(item)]));
  }
  return value;
}
