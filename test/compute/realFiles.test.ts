import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/formats/errors";
import { openDump, quietContext } from "./dumpOf";
import { statistics } from "../../src/compute/passes";

/** Real files by others; an optional folder beside the checkout. */
const data = path.resolve(__dirname, "../../../shared/data");

interface NumpyVerdict {
  error?: string;
  dtype?: string;
  shape?: number[];
  sum?: number;
}

describe.skipIf(!existsSync(data))("real files by others (needs ../shared/data)", () => {
  const files = existsSync(data)
    ? readdirSync(data, { recursive: true, encoding: "utf8" }).filter(
        name => /\.(npy|npz|json)$/.test(name) && !name.startsWith("golden"),
      )
    : [];

  it.each(files)("%s opens, or is refused in one clear sentence", async name => {
    try {
      const dump = await openDump(path.join(data, name));
      const { view } = dump;
      expect(view.rows * view.classes).toBeGreaterThan(0);
      await dump.close();
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      const { message } = error as FormatError;
      expect(message).toContain(path.basename(name));
      expect(message).not.toMatch(/\n|\[object|undefined|NaN|\bat \w+ \(/);
      expect(message.endsWith(".")).toBe(true);
    }
  });

  const golden = path.join(data, "golden/npy.json");
  const verdicts = existsSync(golden)
    ? (JSON.parse(readFileSync(golden, "utf8")) as Record<string, NumpyVerdict>)
    : {};
  const arrays = Object.entries(verdicts).filter(([name]) => name.endsWith(".npy"));

  it.each(arrays)("npy/%s is what NumPy says", async (name, verdict) => {
    const opening = openDump(path.join(data, "npy", name));
    const shown = /^[<>|=]?[biuf]\d/.test(verdict.dtype ?? "");
    if (verdict.error || !shown) return expect(opening).rejects.toBeInstanceOf(FormatError);
    const dump = await opening;
    expect(dump.view.tensor.shape).toEqual(verdict.shape);
    const { mean, finite } = await statistics(dump.view, quietContext());
    expect(mean * finite).toBeCloseTo(verdict.sum!, 6);
    await dump.close();
  });

  it("pairs the labels that lie beside", async () => {
    const dump = await openDump(path.join(data, "classification/imdb_test_set_pyx.npy"));
    expect(dump.info().reading).toMatchObject({
      kind: "probabilities",
      labels: "imdb_test_set_original_labels.npy",
    });
    await dump.close();
  });

  it("pairs the members of an archive", async () => {
    const dump = await openDump(path.join(data, "classification/lenet-5-cifar-10.npz"));
    const { reading } = dump.info();
    expect(reading.logits).toBe("lenet-5-cifar-10.npz#predictions");
    expect(reading.labels).toBe("lenet-5-cifar-10.npz#ground_truth");
    await dump.close();
  });
});
