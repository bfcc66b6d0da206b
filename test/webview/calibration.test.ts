import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wholeOf } from "../../src/core";
import type { Reading } from "../../webview/calibration/desk";
import { metricLines } from "../../webview/calibration/metricLines";
import { worstClasses } from "../../webview/calibration/pictures/classes";
import { roundAbove } from "../../webview/calibration/pictures/picture";
import {
  binSentence,
  binText,
  reliabilityPicture,
} from "../../webview/calibration/pictures/reliability";
import {
  certificate,
  countsSentence,
  disagreementSentence,
  heldOutSentence,
  liveSentence,
  mendSentence,
  otherSentence,
  zerosSentence,
} from "../../webview/calibration/words";
import { calibration, measuredAt } from "./calibrationSamples";

function readingAt(T: number): Reading {
  const measured = measuredAt(T);
  return {
    ...measured,
    sample: wholeOf(measured.metrics.rows),
    worst: () => measured.worst,
    full: measured.metrics,
  };
}

const one = readingAt(1);

describe("the lines of the metrics", () => {
  const value = (name: string, readings: (Reading | null)[]) =>
    metricLines(readings)
      .find(line => line.name === name)!
      .cells.map(cell => cell.value);

  it("have one cell a column, at full precision", () => {
    const two = readingAt(2);
    expect(value("NLL", [one, two])).toEqual([one.metrics.nll, two.metrics.nll]);
    expect(value("smECE", [one])).toEqual([one.full!.smoothEce]);
  });

  it("leave open what is not known yet", () => {
    expect(value("NLL", [one, null])).toEqual([one.metrics.nll, null]);
    const live = { ...one, full: null };
    expect(value("ECE", [live])).toEqual([one.metrics.ece]);
    expect(value("AUROC", [live])).toEqual([null]);
    expect(value("ECE (classwise)", [live])).toEqual([null]);
  });

  it("tell none from unknown", () => {
    const line = metricLines([one]).find(({ name }) => name === "ECE (classwise)")!;
    expect(line.cells).toEqual([{ value: NaN, text: "none" }]);
  });

  it("say the bins and their convention beside the ECE", () => {
    const lines = metricLines([one]);
    const at = lines.findIndex(({ name }) => name === "ECE");
    expect(lines[at + 1].name).toContain("15 bins, [lo, hi)");
  });
});

describe("a reliability diagram", () => {
  const [first, last] = [one.metrics.bins[0], one.metrics.bins[14]];

  it("names bins by the ends that belong to them", () => {
    expect(binText(first, "[lo, hi)")).toBe("[0, 0.067)");
    expect(binText(last, "[lo, hi)")).toBe("[0.933, 1]");
    expect(binText(first, "(lo, hi]")).toBe("[0, 0.067]");
    expect(binText(last, "(lo, hi]")).toBe("(0.933, 1]");
  });

  it("says a bin in words", () => {
    expect(binSentence(first, "[lo, hi)")).toBe("Bin [0, 0.067): no row.");
    const bin = { ...last, count: 2, confidence: 0.95, accuracy: 0.5, gap: -0.45 };
    expect(binSentence(bin, "[lo, hi)")).toContain("too sure by 0.45");
  });

  it("shows what its table says", () => {
    const { plot, table } = reliabilityPicture(one, null);
    expect(table.rows.map(row => row[1])).toEqual(one.metrics.bins.map(bin => bin.count));
    expect(plot.places).toHaveLength(15);
    expect(plot.whiskers).toHaveLength(one.metrics.bins.filter(bin => bin.count > 0).length);
  });
});

describe("pictures", () => {
  it("end their axes above every value, at a round number", () => {
    expect([0.11, 1, 0.42, 0, Infinity].map(roundAbove)).toEqual([0.15, 1, 0.5, 1, 1]);
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), value => {
        const end = roundAbove(value);
        expect(end).toBeGreaterThanOrEqual(value * (1 - 1e-9));
        expect(end).toBeLessThanOrEqual(2 * value);
      }),
    );
  });

  it("list classes by the size of their gap", () => {
    const classwise = {
      ece: 0.1,
      eceOf: Float64Array.of(0.1, 0.2, 0.3),
      probability: Float64Array.of(0.5, 0.3, 0.2),
      frequency: Float64Array.of(0.45, 0.5, 0.05),
    };
    expect(worstClasses(classwise, ["a", "b", "c"]).map(({ name }) => name)).toEqual([
      "b",
      "c",
      "a",
    ]);
  });
});

describe("the words", () => {
  it("count rows and what is left out", () => {
    const counted = { ...one.metrics, used: 7532, unlabelled: 3, unusable: 1 };
    expect(countsSentence(counted)).toMatch(/^7,532 rows used; left out: 3 without a label, 1 /);
    expect(countsSentence(one.metrics)).toBe("40 rows used.");
  });

  it("say why the NLL is ∞", () => {
    expect(zerosSentence({ ...one.metrics, trueClassZeros: 61 })).toBe(
      "61 rows have a true class at probability 0, so NLL is ∞.",
    );
    expect(zerosSentence(one.metrics)).toBe("");
  });

  it("say what temperature can mend, where it can", () => {
    const atOne = { ...one.metrics, nll: 0.75 };
    expect(mendSentence(calibration(), atOne)).toContain("NLL falls by 0.250000");
    expect(mendSentence(calibration(), undefined)).toBe("");
    expect(mendSentence(calibration({ verdict: "separable", T: 0 }), atOne)).toBe("");
  });

  it("say how rows did that were not fitted on", () => {
    const heldOut = { folds: 5, temperatures: [1.9, 2.1], nll: 0.6, ece: 0.04 };
    const said = heldOutSentence({ ...calibration(), heldOut });
    expect(said).toContain("5 folds; fitted rows are never the reported rows");
    expect(said).toContain("ECE 0.0400000 in 15 bins, [lo, hi)");
    expect(heldOutSentence(calibration())).toBe("");
  });

  it("give the slope where the search ended, and nothing where there is no lowest point", () => {
    expect(certificate(calibration())).toBe(
      "Slope of the NLL there, |dNLL/d ln T|: at most 1.0e-17.",
    );
    expect(certificate(calibration({ verdict: "separable" }))).toBe("");
  });

  it("never promise more of live numbers than is proven", () => {
    const all = wholeOf(10);
    expect(liveSentence({ logZ: 3.01e-7, entropy: 1 }, all)).toContain("within 4e-7;");
    expect(liveSentence({ logZ: 9.5e-8, entropy: 1 }, all)).toContain("within 1e-7;");
    const some = { count: 1000, of: 20_000 };
    expect(liveSentence({ logZ: 1e-7, entropy: 1 }, some)).toContain(
      "of 1,000 rows, spread over all 20,000",
    );
  });

  it("say so where ECE rises while NLL falls", () => {
    const fitted = { ...one.metrics, ece: one.metrics.ece * 2, nll: one.metrics.nll / 2 };
    expect(disagreementSentence(one.metrics, fitted)).toContain("NLL-optimal T");
    expect(disagreementSentence(one.metrics, { ...fitted, ece: 0 })).toBe("");
    expect(disagreementSentence(one.metrics, undefined)).toBe("");
  });

  it("compare the fit on another file", () => {
    const train = { ...calibration({ T: 1.5 }), file: "train.npy" };
    expect(otherSentence(train, calibration())).toContain("T* here is 0.500000 higher");
    expect(otherSentence(train, null)).not.toContain("here");
  });
});
