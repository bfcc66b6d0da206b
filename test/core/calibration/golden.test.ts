import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  brierParts,
  calibrationError,
  ClasswiseBins,
  clipRows,
  createRowMeasures,
  debiasedL2,
  equalMassBins,
  equalWidthBins,
  fitTemperature,
  measureRows,
  rankRows,
  reliabilityBins,
  smoothEce,
  summarise,
  toFloat64,
  toLogits,
  topKAccuracy,
  type RowMeasures,
} from "../../../src/core";
import { createKernel, createPlainKernel } from "../../../src/core/kernel";
import { MemorySource } from "../../../src/formats/memorySource";
import { openFile } from "../../../src/formats/open";
import { addClasses, rowsOf } from "../kernel/support";
import { expectClose } from "../support";
import { conventions, lossesOf, meanOf } from "./rows";

type Sides = { right: number; left: number; tm?: number };
type Golden = Record<string, number> & { T: number | "Infinity" } & Record<
    `${"ece" | "mce" | "rmsce"}${number}` | "ece15_T" | "classwise_ece15_mean",
    Sides
  > & {
    nll_at?: Record<string, number>;
    "clip1e-12"?: { T: number; nll: number; nll_T: number };
  } & Record<"bins15_left" | "bins15_right", Record<"count" | "conf" | "acc", number[]>>;

/** An optional folder of conformance data beside the checkout. */
const data = join(import.meta.dirname, "../../../../shared/data");
const isThere = existsSync(data);
const files = [
  ["lenet-5-cifar-10.npz", "predictions", "lenet-5-cifar-10.npz", "ground_truth"],
  ["imdb_test_set_pyx.npy", "", "imdb_test_set_original_labels.npy", ""],
  ["20news_test_set_pyx.npy", "", "20news_test_set_original_labels.npy", ""],
] as const;

/** From relplot and verified_calibration; the third file was not measured by them. */
const byLibraries: Record<string, { smece: number; debiased: number }> = {
  "lenet-5-cifar-10.npz": { smece: 0.10782211, debiased: 0.112897523 },
  "imdb_test_set_pyx.npy": { smece: 0.045072909, debiased: 0.047493444 },
};

async function read(file: string, member: string) {
  const bytes = new Uint8Array(readFileSync(join(data, "classification", file)));
  const opened = await openFile(new MemorySource(file, bytes));
  if (!("members" in opened)) throw new Error(`${file} holds no arrays`);
  const tensor = opened.members.find(({ name }) => name === member)!.tensor!;
  const count = tensor.shape.reduce((product, size) => product * size, 1);
  return { values: toFloat64(await tensor.read(0, count)).data, shape: tensor.shape };
}

const side = (ends: string) => (ends === "[lo, hi)" ? "left" : "right");

/** Not a convention of ours: torchmetrics puts an exact 1 into a bin of its own. */
function torchmetrics(rows: RowMeasures, bins: number) {
  const apart = [...rows.confidence.keys()].filter(r => rows.confidence[r] >= 1);
  const below = { ...rows, used: rows.used.map((used, r) => (rows.confidence[r] < 1 ? used : 0)) };
  const main = equalWidthBins(below, bins, "[lo, hi)");
  const with1 = (of: Float64Array, more: number) => Float64Array.of(...of, more);
  return calibrationError({
    lo: main.lo,
    hi: main.hi,
    count: with1(main.count, apart.length),
    confidence: with1(
      main.confidence,
      apart.reduce((sum, r) => sum + rows.confidence[r], 0),
    ),
    correct: with1(
      main.correct,
      apart.reduce((sum, r) => sum + rows.correct[r], 0),
    ),
  });
}

describe.skipIf(!isThere).each(files)(
  "NumPy's values for %s (needs ../shared/data)",
  (...names) => {
    const [file, member, labelFile, labelMember] = names;
    const load = async () => {
      const all = readFileSync(join(data, "golden/classification.json"), "utf8");
      const golden = (JSON.parse(all) as Record<string, Golden>)[file];
      const { values, shape } = await read(file, member);
      const labels = Int32Array.from((await read(labelFile, labelMember)).values);
      return { golden, p: values, z: toLogits(values, "probabilities"), classes: shape[1], labels };
    };
    const at = (z: Float64Array, classes: number, labels: Int32Array, T: number) => {
      const out = createRowMeasures(labels.length);
      measureRows(z, classes, labels, T, out);
      return out;
    };
    const near = (actual: number, expected: number) => expectClose(actual, expected, 1e-9);

    it("means", async () => {
      const { golden, z, classes, labels } = await load();
      const rows = at(z, classes, labels, 1);
      const means = summarise(rows);
      near(means.accuracy, golden.acc);
      near(means.confidence, golden.mean_conf);
      near(means.entropy, golden.entropy_nats);
      near(means.brier, golden.brier_sum);
      near(means.nll, Number(golden.nll));
      expect(means.trueClassZeros).toBe(golden.true_class_zero_prob);
      near(topKAccuracy(rows, 5), golden.top5);
      const parts = brierParts(rows, 15, "[lo, hi)");
      near(parts.score, golden.brier_top);
      for (const [T, nll] of Object.entries(golden.nll_at ?? {})) {
        near(summarise(at(z, classes, labels, Number(T))).nll, nll);
      }
    });

    it("calibration errors", async () => {
      const { golden, z, classes, labels } = await load();
      const rows = at(z, classes, labels, 1);
      for (const bins of [10, 15, 20, 100]) {
        for (const ends of conventions) {
          const { ece, mce, rmsce } = calibrationError(equalWidthBins(rows, bins, ends));
          near(ece, golden[`ece${bins}`][side(ends)]);
          near(mce, golden[`mce${bins}`][side(ends)]);
          near(rmsce, golden[`rmsce${bins}`][side(ends)]);
        }
        const mass = calibrationError(equalMassBins(rankRows(rows), bins));
        near(mass.ece, golden[`ece_equalmass${bins}`]);
        near(mass.rmsce, golden[`rmsce_equalmass${bins}`]);
        // netcal's ACE: the plain mean of the gaps of bins that are not empty.
        const filled = reliabilityBins(equalWidthBins(rows, bins, "[lo, hi)")).filter(b => b.count);
        near(meanOf(filled.map(b => Math.abs(b.gap))), golden[`ace_netcal${bins}`]);
        const theirs = torchmetrics(rows, bins);
        expectClose(theirs.ece, golden[`ece${bins}`].tm!, 1e-5);
        expectClose(theirs.mce, golden[`mce${bins}`].tm!, 1e-5);
        expectClose(theirs.rmsce, golden[`rmsce${bins}`].tm!, 1e-5);
      }
      const libraries = byLibraries[file];
      if (libraries) {
        expectClose(smoothEce(rows), libraries.smece, 5e-9);
        expectClose(debiasedL2(equalMassBins(rankRows(rows), 15)), libraries.debiased, 5e-10);
      }
    });

    it("reliability bins", async () => {
      const { golden, z, classes, labels } = await load();
      for (const ends of conventions) {
        const bins = reliabilityBins(equalWidthBins(at(z, classes, labels, 1), 15, ends));
        const { count, conf, acc } = golden[`bins15_${side(ends)}`];
        bins.forEach((bin, b) => {
          expect(bin.count).toBe(count[b]);
          if (bin.count > 0) near(bin.confidence, conf[b]);
          if (bin.count > 0) near(bin.accuracy, acc[b]);
        });
      }
    });

    it("classwise ECE", async () => {
      const { golden, z, classes, labels } = await load();
      for (const ends of conventions) {
        // NumPy's (lo, hi] was left open at 0, and lost the true classes at probability 0.
        const lost = ends === "(lo, hi]" ? golden.true_class_zero_prob / z.length : 0;
        for (const kernel of [createKernel(), createPlainKernel()]) {
          const bins = new ClasswiseBins(classes, 15, ends);
          addClasses(kernel, rowsOf("float64", classes, z, labels), 1, bins);
          near(bins.result().ece + lost, golden.classwise_ece15_mean[side(ends)]);
        }
      }
    });

    it("the fitted temperature", async () => {
      const { golden, z, classes, labels } = await load();
      const found = await fitTemperature(lossesOf(z, classes, labels));
      const clip = golden["clip1e-12"];
      if (golden.T === "Infinity") {
        expect(found).toMatchObject({ verdict: "worse than uniform", T: Infinity, nll: Infinity });
        expect(found.sentence).toContain("61 rows have the true class at probability 0");
      } else {
        expectClose(found.T, golden.T, 1e-7);
        near(found.nll, golden.nll_T);
        const rows = at(z, classes, labels, found.T);
        const means = summarise(rows);
        near(means.entropy, golden.entropy_T);
        near(means.entropy, means.nll);
        near(means.brier, golden.brier_sum_T);
        near(means.confidence, golden.mean_conf_T);
        for (const ends of conventions) {
          near(calibrationError(equalWidthBins(rows, 15, ends)).ece, golden.ece15_T[side(ends)]);
        }
      }
      if (!clip) return;
      const clipped = await fitTemperature(lossesOf(clipRows(z, classes, 1e-12), classes, labels));
      expectClose(clipped.T, clip.T, 1e-7);
      near(clipped.nll, clip.nll_T);
    });
  },
);
