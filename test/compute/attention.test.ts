import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  attentionMap,
  curvesOfHeads,
  keysOf,
  measureHeads,
  profileMap,
  readAttention,
} from "../../src/compute/attentionPasses";
import type { OpenDump } from "../../src/compute/openDump";
import {
  covers,
  createRowMeasures,
  curvesAt,
  evaluateRows,
  headMeasureNames,
  logPartitions,
  rowScores,
  softmax,
} from "../../src/core";
import { createKernel } from "../../src/core/kernel";
import { readHead } from "../../src/dump/attention/readHead";
import type { AttentionOverrides } from "../../src/protocol/attention";
import { expectClose, expectRowClose } from "../core/support";
import { npyHeader } from "../../src/host/npyHeader";
import { openDump, quietContext } from "./dumpOf";

const gpt2 = path.resolve(__dirname, "../../../shared/data/llm/gpt2-ex0.json");
const sample = path.resolve(__dirname, "../../media/samples/transformer/attention.npz");
const folder = mkdtempSync(path.join(tmpdir(), "attention-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readingOf(dump: OpenDump, overrides: AttentionOverrides = {}, at = 0) {
  const set = dump.attention[at];
  const { sources, chosenTokens } = dump;
  const read = await readAttention(set, overrides, sources, chosenTokens, quietContext());
  return { set, ...read };
}

function write(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe.skipIf(!existsSync(gpt2))("GPT-2's attention (needs ../shared/data)", () => {
  it("softmax over the masked scores gives the stored maps of all 144 heads", async () => {
    const dump = await openDump(gpt2);
    const { set, reading, queryTokens } = await readingOf(dump);
    expect(set.id).toBe("gpt2-ex0.json#outputs.block_*_attn_head_*_attn_masked.data");
    expect(set.sizes).toEqual({ batch: 1, layer: 12, head: 12 });
    expect(reading).toMatchObject({ kind: "logits", turned: false, maskBelow: null });
    expect(queryTokens).toHaveLength(6);
    const stored = dump.attention.find(({ id }) => id.includes("_attn_softmax."))!;
    for (let layer = 0; layer < 12; layer++) {
      for (let head = 0; head < 12; head++) {
        const place = { batch: 0, layer, head };
        const map = await attentionMap(set, place, reading, quietContext());
        const { values } = await readHead(stored, place);
        const weights = Array.from({ length: 6 }, (_, i) => [...softmax(rowScores(map, i), 1)]);
        expectRowClose(weights.flat(), values, 1e-6);
      }
    }
    await dump.close();
  });

  it("knows the stored maps for probabilities, and the scaled scores for raw ones", async () => {
    const dump = await openDump(gpt2);
    const kinds = await Promise.all(
      dump.attention.map(async (set, at) => [
        set.members[0].name.match(/_attn_?([a-z]*)\.data$/)![1],
        (await readingOf(dump, {}, at)).reading.kind,
      ]),
    );
    expect(Object.fromEntries(kinds)).toEqual({
      masked: "logits",
      "": "logits",
      softmax: "probabilities",
      scaled: "logits",
      dropout: "probabilities",
    });
    await dump.close();
  });

  it("the unmasked scores, scaled by 1/√64 and masked by choice, are the masked ones", async () => {
    const dump = await openDump(gpt2);
    const raw = dump.attention.findIndex(({ id }) => id.endsWith("_attn.data"));
    const { set, reading } = await readingOf(dump, { scaleBy: 64, causal: true }, raw);
    const masked = await readingOf(dump);
    const place = { batch: 0, layer: 7, head: 3 };
    const ours = await attentionMap(set, place, reading, quietContext());
    const theirs = await attentionMap(masked.set, place, masked.reading, quietContext());
    expectRowClose(ours.gap, theirs.gap, 1e-6);
    await dump.close();
  });
});

describe("attention maps of a dump", () => {
  it("are found in the sample, with their tokens", async () => {
    const dump = await openDump(sample);
    const [info] = dump.info().attention;
    expect(info).toMatchObject({ sizes: { batch: 1, layer: 3, head: 4 }, rows: 22, columns: 22 });
    const { reading, queryTokens, keyTokens, problems } = await readingOf(dump);
    expect(reading).toMatchObject({ kind: "logits", turned: false, maskBelow: null });
    expect([queryTokens?.length, keyTokens?.length, problems.length]).toEqual([22, 22, 0]);
    await dump.close();
  });

  it("are measured head by head, as one map is", async () => {
    const dump = await openDump(sample);
    const { set, reading } = await readingOf(dump);
    const mapAt = (layer: number, head: number) =>
      attentionMap(set, { batch: 0, layer, head }, reading, quietContext());
    const heads = await measureHeads(set, 0.7, mapAt, false, quietContext());
    expect(heads.miniatureSize).toEqual([22, 22]);
    const map = await mapAt(2, 1);
    const mean = (of: (p: Float64Array, i: number) => number) =>
      Array.from({ length: 22 }, (_, i) => of(softmax(rowScores(map, i), 0.7), i) / 22).reduce(
        (sum, v) => sum + v,
        0,
      );
    const at = (2 * 4 + 1) * headMeasureNames.length;
    expectClose(
      heads.measures[at + headMeasureNames.indexOf("sink")],
      mean(p => p[0]),
      1e-9,
    );
    expectClose(
      heads.measures[at + headMeasureNames.indexOf("diagonal")],
      mean((p, i) => p[i]),
      1e-9,
    );
    expect(heads.miniatures[(2 * 4 + 1) * 22 * 22]).toBe(1); // the first token sees itself alone
    await dump.close();
  });

  it("have curves over all temperatures, and counts of keys", async () => {
    const dump = await openDump(sample);
    const { set, reading } = await readingOf(dump);
    const mapAt = (layer: number, head: number) =>
      attentionMap(set, { batch: 0, layer, head }, reading, quietContext());
    const { curves, every } = await curvesOfHeads(set, mapAt, quietContext());
    expect(every).toBe(1);
    for (const T of [0.05, 0.61, 1, 20]) {
      const { measures } = await measureHeads(set, T, mapAt, false, quietContext());
      expectRowClose(curvesAt(curves, T), measures, 2e-5);
    }
    const { keys, temperatures, queries } = await keysOf(await mapAt(0, 0), quietContext());
    expect(queries).toBe(22);
    expect([...keys]).toEqual([...keys].sort((a, b) => a - b));
    expect(keys[temperatures.indexOf(1)]).toBeGreaterThan(1);
    await dump.close();
  });

  it("have row profiles that give ln Z at every temperature of the slider", async () => {
    const dump = await openDump(sample);
    const { set, reading } = await readingOf(dump);
    const place = { batch: 0, layer: 1, head: 2 };
    const map = await attentionMap(set, place, reading, quietContext());
    const profile = profileMap(map, createKernel());
    const measures = createRowMeasures(22);
    for (const T of [0.05, 0.3, 1, 7, 20].filter(covers)) {
      evaluateRows(profile, T, measures);
      const logZ = measures.confidence.map(p => -Math.log(p));
      expectRowClose(logZ, logPartitions(map, T), 1e-6);
    }
    await dump.close();
  });

  it("may be turned, masked by numbers, cut by padding, and of one token", async () => {
    const turned = await openDump(
      write("turned.attention.json", [
        [0.2, 1],
        [0.8, 0],
      ]),
    );
    expect(await readingOf(turned)).toMatchObject({
      guess: { kind: "probabilities", turned: true },
    });
    const filled = await openDump(
      write("attention.json", {
        attention: [
          [1, -1e9],
          [-1e9, -1e9],
        ],
      }),
    );
    const { set, reading, fill } = await readingOf(filled);
    expect(fill).toBe(-1e9);
    const map = await attentionMap(set, { batch: 0, layer: 0, head: 0 }, reading, quietContext());
    expect([...map.state]).toEqual([0, 3]); // masked throughout
    const kept = await readingOf(filled, { masks: false });
    expect(kept.reading.maskBelow).toBeNull();
    const token = await openDump(write("one.attn.json", { attn: [[0.3]] }));
    expect(token.attention[0]).toMatchObject({ rows: 1, columns: 1 });
    for (const dump of [turned, filled, token]) await dump.close();
  });

  it("with a token list of another length are shown, with one sentence", async () => {
    const dump = await openDump(
      write("short.json", {
        attention: [
          [1, 2],
          [3, 4],
        ],
        tokens: ["a"],
      }),
    );
    const { queryTokens, problems } = await readingOf(dump);
    expect(queryTokens).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/1 tokens?.*2 queries and keys/);
    await dump.close();
  });

  it("are read one by one from a large file", async () => {
    const file = path.join(folder, "attention.npy");
    const header = Buffer.from(npyHeader([32, 1024, 1024]))
      .toString("latin1")
      .replace("<f8", "<f2");
    writeFileSync(file, header, "latin1");
    truncateSync(file, header.length + 2 * 32 * 1024 * 1024);
    const dump = await openDump(file);
    const { set, reading } = await readingOf(dump);
    expect(set.sizes.head).toBe(32);
    const map = await attentionMap(set, { batch: 0, layer: 0, head: 31 }, reading, quietContext());
    expectClose(logPartitions(map, 1)[1023], Math.log(1024));
    await dump.close();
  });

  it("can be cancelled", async () => {
    const dump = await openDump(sample);
    const { set, reading } = await readingOf(dump);
    const controller = new AbortController();
    controller.abort();
    const context = { ...quietContext(), signal: controller.signal };
    const mapAt = (layer: number, head: number) =>
      attentionMap(set, { batch: 0, layer, head }, reading, quietContext());
    await expect(measureHeads(set, 1, mapAt, false, context)).rejects.toThrow("Cancelled.");
    await dump.close();
  });
});
