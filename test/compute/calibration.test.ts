import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { measure, profile } from "../../src/compute/calibrationPasses";
import { ProfileEvaluator } from "../../src/core";
import { fitDump, openDump, quietContext } from "./dumpOf";

const choice = { clip: null, bins: 15, convention: "[lo, hi)" } as const;

describe("the digits that come with the project", () => {
  const digits = path.resolve(__dirname, "../../media/samples/digits");

  // T* and NLL(1) by NumPy in float64 and bisection, when the samples were made.
  it.each([
    ["train", 0.23681118872577708, 0.046757895739373175],
    ["val", 1.7068913021533365, 0.7578679563748146],
    ["test", 1.7065410465054418, 0.6909717519441432],
  ])("%s: T* and NLL are NumPy's", async (name, T, nll) => {
    const dump = await openDump(path.join(digits, `${name}_logits.npy`));
    const { fit, heldOut } = await fitDump(dump, choice);
    expect(fit.T).toBeCloseTo(T, 7);
    const { metrics } = await measure(dump.view, { ...choice, temperature: 1 }, quietContext());
    expect(metrics.nll).toBeCloseTo(nll, 9);
    expect(heldOut!.nll).toBeGreaterThan(fit.nll);
    expect(heldOut!.temperatures).toHaveLength(5);
    await dump.close();
  });

  it("the row profile says the same as the direct pass", async () => {
    const dump = await openDump(path.join(digits, "val_logits.npy"));
    const rows = await profile(dump.view, null, quietContext());
    const evaluator = new ProfileEvaluator(rows);
    for (const temperature of [0.05, 0.7, 1, 3, 20]) {
      const exact = await measure(dump.view, { ...choice, temperature }, quietContext());
      const near = evaluator.metrics(temperature, 15, "[lo, hi)");
      expect(near.nll).toBeCloseTo(exact.metrics.nll, 6);
      expect(near.brier).toBeCloseTo(exact.metrics.brier, 6);
      expect(near.confidence).toBeCloseTo(exact.metrics.confidence, 6);
      expect(near.ece).toBeCloseTo(exact.metrics.ece, 6);
    }
    await dump.close();
  });

  it("stops when it is cancelled", async () => {
    const dump = await openDump(path.join(digits, "val_logits.npy"));
    const context = { ...quietContext(), signal: AbortSignal.abort() };
    await expect(fitDump(dump, choice, context)).rejects.toMatchObject({
      reason: "CANCELLED",
    });
    await dump.close();
  });
});

const data = path.resolve(__dirname, "../../../shared/data");

describe.skipIf(!existsSync(data))("real files by others (needs ../shared/data)", () => {
  interface Golden {
    nll: number;
    acc: number;
    brier_sum: number;
    T: number;
    nll_T: number;
    ece15: { left: number };
    classwise_ece15_mean: { left: number };
  }
  const golden = () =>
    JSON.parse(
      readFileSync(path.join(data, "golden/classification.json"), "utf8").replaceAll(
        /\b(NaN|-?Infinity)\b/g,
        "null",
      ),
    ) as Record<string, Golden>;

  it.each([
    ["lenet-5-cifar-10.npz", 0.10782211, 0.112897523],
    ["imdb_test_set_pyx.npy", 0.045072909, 0.047493444],
  ])("%s: every metric, through the files and their pairing", async (name, smEce, debiased) => {
    const expected = golden()[name];
    const dump = await openDump(path.join(data, "classification", name));
    const at1 = await measure(dump.view, { ...choice, temperature: 1 }, quietContext());
    const { metrics } = at1;
    expect(metrics.nll).toBeCloseTo(expected.nll, 9);
    expect(metrics.accuracy).toBeCloseTo(expected.acc, 12);
    expect(metrics.ece).toBeCloseTo(expected.ece15.left, 9);
    expect(metrics.brier).toBeCloseTo(expected.brier_sum, 9);
    expect(at1.classwise!.ece).toBeCloseTo(expected.classwise_ece15_mean.left, 9);
    expect(metrics.smoothEce).toBeCloseTo(smEce, 8);
    expect(metrics.debiasedL2).toBeCloseTo(debiased, 8);
    const { fit } = await fitDump(dump, choice);
    expect(fit.verdict).toBe("optimum");
    expect(fit.T).toBeCloseTo(expected.T, 7);
    expect(fit.nll).toBeCloseTo(expected.nll_T, 9);
    const fitted = await measure(dump.view, { ...choice, temperature: fit.T }, quietContext());
    expect(fitted.metrics.entropy).toBeCloseTo(fitted.metrics.nll, 9); // Guo 2017, appendix
    await dump.close();
  });

  it("20 newsgroups: 61 true classes at probability 0, and clipping", async () => {
    const dump = await openDump(path.join(data, "classification/20news_test_set_pyx.npy"));
    const { metrics } = await measure(dump.view, { ...choice, temperature: 1 }, quietContext());
    expect(metrics.trueClassZeros).toBe(61);
    expect(metrics.nll).toBe(Infinity);
    const { fit } = await fitDump(dump, choice);
    expect(fit.verdict).toBe("worse than uniform");
    const clipped = { ...choice, clip: 1e-12 };
    const after = await measure(dump.view, { ...clipped, temperature: 1 }, quietContext());
    expect(after.metrics.nll).toBeCloseTo(0.651160967, 9);
    const refit = await fitDump(dump, clipped);
    expect(refit.fit.T).toBeCloseTo(0.759612978, 7);
    await dump.close();
  });
});
