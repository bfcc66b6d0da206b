import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { attentionMap, readAttention } from "../../src/compute/attentionPasses";
import { rowScores, softmax } from "../../src/core";
import { attentionProgram } from "../../src/dump/attention/attentionProgram";
import type { AttentionOverrides } from "../../src/protocol/attention";
import { expectRowClose } from "../core/support";
import { openDump, quietContext } from "./dumpOf";

const sample = path.resolve(__dirname, "../../media/samples/transformer/attention.npz");
const gpt2 = path.resolve(__dirname, "../../../shared/data/llm/gpt2-ex0.json");
const folder = mkdtempSync(path.join(tmpdir(), "attention-python-"));
const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the program and compares its weights with ours. */
async function compare(
  file: string,
  [layer, head]: [number, number],
  overrides: AttentionOverrides,
  temperature: number,
): Promise<void> {
  const dump = await openDump(file);
  const [set] = dump.attention;
  const read = await readAttention(set, overrides, dump.sources, undefined, quietContext());
  const place = { batch: 0, layer, head };
  const map = await attentionMap(set, place, read.reading, quietContext());
  const input = { set, place, reading: read.reading, temperature, path: file };
  const program = `${attentionProgram(input)}import json as j\nprint(j.dumps(w.tolist()))\n`;
  const { stdout, stderr } = spawnSync("python3", ["-"], { input: program, encoding: "utf8" });
  expect(stderr).toBe("");
  const line = stdout.trim().split("\n").at(-1)!.replaceAll("NaN", "null");
  (JSON.parse(line) as (number | null)[][]).forEach((row, i) => {
    if (map.state[i] !== 0) return expect(row.every(v => v === null)).toBe(true);
    expectRowClose(softmax(rowScores(map, i), temperature), row as number[], 1e-6);
  });
  await dump.close();
}

function write(rows: unknown): string {
  const file = path.join(folder, `attention${Math.random()}.json`);
  writeFileSync(file, JSON.stringify({ attention: rows }));
  return file;
}

describe.skipIf(!hasNumpy)("the NumPy program (needs python3 with NumPy)", () => {
  it.each([0, 0.3, 1, Infinity])("computes a map of an archive at T = %d", T =>
    compare(sample, [2, 1], {}, T),
  );

  it("does what was chosen: scale, causal mask, masks by number, turned", async () => {
    const scores = [
      [1, -2, 3],
      [4, -1e9, 0],
      [-1e9, -1e9, -1e9],
    ];
    await compare(write(scores), [0, 0], {}, 1);
    await compare(write(scores), [0, 0], { scaleBy: 16, causal: true, turned: true }, 2);
    await compare(
      write([
        [
          [0.2, 1],
          [0.8, 0],
        ],
      ]),
      [0, 0],
      {},
      0.5,
    );
    await compare(
      write([
        [
          [null, 1],
          [null, null],
        ],
      ]),
      [0, 0],
      {},
      1,
    );
  });

  it.skipIf(!existsSync(gpt2))("finds a map by its key", () => compare(gpt2, [3, 7], {}, 1));
});
