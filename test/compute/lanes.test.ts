import {
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { measure, profile } from "../../src/compute/calibrationPasses";
import { fit, startProfile } from "../../src/compute/fitting";
import type { Lanes } from "../../src/compute/lanes";
import { threadLanes } from "../../src/compute/lanes.node";
import { scan } from "../../src/compute/passes";
import type { PassContext } from "../../src/compute/rowPass";
import { readLogits } from "../../src/dump/view";
import type * as limitsModule from "../../src/formats/limits";
import { fitDump, openDump, quietContext } from "./dumpOf";

vi.mock("../../src/formats/limits", async importOriginal => {
  const { limits } = await importOriginal<typeof limitsModule>();
  return { limits: { ...limits, jsonThreadBytes: 0 } };
});

const { assemblyPlugin } = createRequire(import.meta.url)("../../esbuild.js");
const root = path.resolve(__dirname, "../..");
const choice = { clip: null, bins: 15, convention: "[lo, hi)" } as const;

const rows = 5001;
const classes = 103;
const numbers = rows * classes;

/** Logits between −8 and 8 that look random, by a linear congruence; a few rows are no rows. */
function logit(i: number): number {
  const row = Math.floor(i / classes);
  if (row === 7) return NaN;
  if (row === 8) return -Infinity;
  if (row === 9) return i % 3 === 0 ? -Infinity : 1;
  return ((Math.imul(i + 1, 2654435761) >>> 0) / 2 ** 32) * 16 - 8;
}

function npy(dtype: string, shape: string, bytes: Uint8Array): Uint8Array {
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${shape}), }`.padEnd(117);
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
  return Buffer.concat([start, Buffer.from(`${text}\n`), bytes]);
}

describe("lanes", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "logit-inspector-lanes-"));
  let lanes: Lanes;
  const inThreads = (): PassContext => {
    const context = quietContext();
    return { ...context, engine: { ...context.engine, lanes } };
  };

  beforeAll(async () => {
    await build({
      entryPoints: [path.join(root, "src/compute/lane.node.ts")],
      outfile: path.join(folder, "lane.js"),
      bundle: true,
      platform: "node",
      target: "node20",
      plugins: [assemblyPlugin],
    });
    lanes = threadLanes(2, path.join(folder, "lane.js"));
    const values = Float64Array.from({ length: numbers }, (_, i) => logit(i));
    const labels = Int32Array.from({ length: rows }, (_, r) => {
      const row = values.subarray(r * classes, (r + 1) * classes);
      if (r % 11 === 0) return -100;
      return r % 3 === 0 && r > 9 ? r % classes : Math.max(0, row.indexOf(Math.max(...row)));
    });
    const save = (
      name: string,
      dtype: string,
      shape: string,
      data: Float32Array | Float64Array | Int32Array,
    ) => writeFileSync(path.join(folder, name), npy(dtype, shape, new Uint8Array(data.buffer)));
    const shape = `${rows}, ${classes}`;
    save("double_logits.npy", "<f8", shape, values);
    save("double_labels.npy", "<i4", `${rows},`, labels);
    save("single_logits.npy", "<f4", shape, Float32Array.from(values));
    save("single_labels.npy", "<i4", `${rows},`, labels);
  }, 60_000);

  afterAll(() => {
    lanes.stop();
    rmSync(folder, { recursive: true });
  });

  it.each(["double_logits.npy", "single_logits.npy"])(
    "%s: several threads find what one finds",
    async name => {
      const dump = await openDump(path.join(folder, name));
      const { view } = dump;
      const threaded = inThreads();
      expect(await scan(view, 2, threaded)).toEqual(await scan(view, 2, quietContext()));
      const fast = await measure(view, { ...choice, temperature: 0.7 }, threaded);
      const slow = await measure(view, { ...choice, temperature: 0.7 }, quietContext());
      expect(fast.metrics).toEqual(slow.metrics);
      expect(fast.worst).toEqual(slow.worst);
      // At the same time, and with what an earlier one left in their memory.
      const again = await Promise.all(
        [2, 0.7].map(temperature => measure(view, { ...choice, temperature }, threaded)),
      );
      expect(again[0].metrics.ece).not.toBe(fast.metrics.ece);
      expect(again[1].metrics).toEqual(fast.metrics);
      expect(fast.classwise!.ece).toBeCloseTo(slow.classwise!.ece, 12);
      const found = await fitDump(dump, choice, threaded);
      expect(found.fit.T).toBeCloseTo((await fitDump(dump, choice)).fit.T, 9);
      const planes = (await profile(view, null, threaded)).planes;
      const plain = (await profile(view, null, quietContext())).planes;
      for (let i = 0; i < planes.length; i++) {
        if (!(Math.abs(planes[i] - plain[i]) <= 1e-6 * classes)) expect(planes[i]).toBe(plain[i]);
      }
      await dump.close();
    },
  );

  it.each([10, 2000])(
    "a sample of %d rows has the same rows, however they are read",
    async most => {
      const dump = await openDump(path.join(folder, "single_logits.npy"));
      const ofSample = async (context: PassContext) => {
        const { state, max, argMax, label } = await profile(dump.view, null, context, most);
        return { state, max, argMax, label };
      };
      const fast = await ofSample(inThreads());
      expect(fast.state).toHaveLength(most);
      expect(fast).toEqual(await ofSample(quietContext()));
      await dump.close();
    },
  );

  it("without a profile a fit starts on some rows, and finds the same", async () => {
    const dump = await openDump(path.join(folder, "single_logits.npy"));
    const whole = (await fitDump(dump, choice, inThreads())).fit;
    const unasked = () => Promise.reject(new Error("All rows were profiled."));
    const start = await startProfile(dump.view, null, unasked, inThreads());
    expect(start.rows).toBeLessThan(rows);
    const found = await fit(dump.view, null, start, inThreads());
    expect(found.verdict).toBe("optimum");
    expect(Math.abs(found.T / whole.T - 1)).toBeLessThan(1e-9);
    expect(found.nll).toBeCloseTo(whole.nll, 13);
    expect(found.rows).toBe(whole.rows);
    await dump.close();
  });

  it("the same pass gives the same bits, however the threads run", async () => {
    const dump = await openDump(path.join(folder, "single_logits.npy"));
    const first = await fitDump(dump, choice, inThreads());
    expect(await fitDump(dump, choice, inThreads())).toEqual(first);
    await dump.close();
  });

  it("a large JSON matrix read in pieces is what it is read in order", async () => {
    const file = path.join(folder, "matrix.json");
    const line = (r: number) =>
      `[${Array.from({ length: 103 }, (_, k) => logit(103 * r + k) || 0)}]`;
    const lines = Array.from({ length: 12_000 }, (_, r) => line(r + 10));
    writeFileSync(file, `{"note": "[[1, 2], [3, 4]]", "logits": [\n${lines.join(",\n")}\n]}`);
    const rowReaders = lanes.rowReaders.bind(lanes);
    const range = { path: file, offset: 0, identity: "" };
    await expect.poll(() => rowReaders("matrix.json", range).atOnce).toBeGreaterThan(0);
    let pieces = 0;
    vi.spyOn(lanes, "rowReaders").mockImplementation((name, of) => {
      const readers = rowReaders(name, of);
      const read = (from: number, to: number) => (pieces++, readers.read(from, to));
      return { atOnce: readers.atOnce, read };
    });
    const inPieces = await openDump(file, {}, lanes);
    expect(pieces).toBeGreaterThan(5);
    const inOrder = await openDump(file);
    expect(inPieces.view.rows).toBe(12_000);
    for (const first of [0, 5000, 11_000]) {
      const read = (dump: typeof inOrder) => readLogits(dump.view, first, 1000);
      expect(await read(inPieces)).toEqual(await read(inOrder));
    }
    await inPieces.close();
    await inOrder.close();
  });

  it("tells the progress and stops when it is cancelled", async () => {
    const file = path.join(folder, "large.npy");
    const large = 40_000;
    const handle = openSync(file, "w");
    writeSync(handle, npy("<f8", `${large}, 1000`, new Uint8Array()));
    closeSync(handle);
    truncateSync(file, 128 + 8 * large * 1000);
    const dump = await openDump(file);
    const controller = new AbortController();
    const seen: number[] = [];
    const context = {
      ...inThreads(),
      signal: controller.signal,
      progress: (done: number) => {
        seen.push(done);
        controller.abort();
      },
    };
    await expect(profile(dump.view, null, context)).rejects.toMatchObject({ reason: "CANCELLED" });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.at(-1)).toBeLessThan(large);
    await dump.close();
  });

  it("a file that changed is told, and the threads go on with the next", async () => {
    const file = path.join(folder, "changing.npy");
    const bytes = npy("<f8", `${rows}, ${classes}`, new Uint8Array(8 * numbers));
    writeFileSync(file, bytes);
    const dump = await openDump(file);
    writeFileSync(file, bytes.subarray(0, bytes.length / 2));
    await expect(profile(dump.view, null, inThreads())).rejects.toMatchObject({
      reason: expect.stringMatching(/FILE_CHANGED|TRUNCATED_DATA/),
      message: expect.stringContaining("changing.npy"),
    });
    await dump.close();
    const next = await openDump(path.join(folder, "single_logits.npy"));
    await expect(scan(next.view, 1, inThreads())).resolves.toMatchObject({ leftOut: 2 });
    await next.close();
  });
});
