import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MemorySource } from "../../src/formats/memorySource";
import { openFile } from "../../src/formats/open";
import { attempt, exhaust } from "../formats/outcome";
import { jsonFile, mutate, npyFile, safetensorsFile, seeded } from "./generate";

interface Input {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function filesOf(folder: string): Input[] {
  return readdirSync(folder).map(name => ({ name, bytes: readFileSync(join(folder, name)) }));
}

const seeds = filesOf(join(__dirname, "../fixtures/formats"));
/** Every input that once broke a reader, kept for ever. */
const corpus = filesOf(join(__dirname, "corpus"));

/**
 * The one promise: a FormatError or an answer, soon. A process-wide hook would catch a rejection
 * that nobody waits for: vitest fails the run on one.
 * @returns whether the file opened
 */
async function survives({ name, bytes }: Input): Promise<boolean> {
  const started = performance.now();
  const { opened, error } = await attempt(async () => {
    const file = await openFile(new MemorySource(name, bytes));
    await exhaust(file);
    return file;
  });
  expect(performance.now() - started, `${name} took too long`).toBeLessThan(2000);
  if (error) expect(error.message).toMatch(/^"[^"]*": .+\.$/);
  return opened !== undefined;
}

describe("readers under fuzzing", () => {
  it("survive every file of the corpus", async () => {
    for (const input of corpus) await survives(input);
    expect(corpus.length).toBeGreaterThan(0);
  });

  it("survive mutations of the fixtures", { timeout: 60_000 }, async () => {
    const random = seeded(7);
    for (let i = 0; i < 4000; i++) {
      const { name, bytes } = seeds[Math.floor(random() * seeds.length)]!;
      await survives({ name, bytes: mutate(random, bytes) });
    }
  });

  const generators: [string, string, (random: () => number) => Uint8Array][] = [
    [".npy headers", "g.npy", npyFile],
    [".safetensors headers", "g.safetensors", safetensorsFile],
    ["JSON", "g.json", jsonFile],
    ["JSONL", "g.jsonl", jsonFile],
  ];
  it.each(generators)("survive generated %s", { timeout: 60_000 }, async (_, name, generate) => {
    const random = seeded(11);
    let accepted = 0;
    for (let i = 0; i < 3000; i++) {
      if (await survives({ name, bytes: generate(random) })) accepted++;
    }
    // A generator whose files are all refused at the door would test nothing behind it.
    expect(accepted).toBeGreaterThan(300);
  });
});
