import {
  createRowMeasures,
  fullMetrics,
  measureRows,
  ProfileBuilder,
  worstRows,
} from "../../src/core";
import type { Calibration, CalibrationChoice, Measured } from "../../src/protocol/calibration";

const classes = 3;
const rows = 40;

/** Rows of three classes, most of them right; the label goes round. */
const labels = Int32Array.from({ length: rows }, (_, r) => r % classes);
const logits = Float64Array.from({ length: rows * classes }, (_, i) => {
  const [row, k] = [Math.floor(i / classes), i % classes];
  return 2 * Math.sin(i * 1.7) + (k === labels[row] ? 2 : 0);
});

export const choice: CalibrationChoice = { clip: null, bins: 15, convention: "[lo, hi)" };

/** What the worker replies to "measure". */
export function measuredAt(temperature: number, { bins, convention } = choice): Measured {
  const measures = createRowMeasures(rows);
  measureRows(logits, classes, labels, temperature, measures);
  const metrics = fullMetrics(measures, bins, convention);
  const worst = worstRows(measures, labels, bins, convention);
  return { temperature, metrics, worst, classwise: null };
}

/** What the worker replies to "profile". */
export function sampleProfile() {
  const builder = new ProfileBuilder(rows, classes);
  builder.add(logits, labels, 0);
  return builder.finish();
}

/** A fit with changes. */
export function calibration(change: Partial<Calibration["fit"]> = {}): Calibration {
  return {
    file: "val.npy",
    choice,
    fit: {
      verdict: "optimum",
      sentence: "The NLL is lowest at T = 2.",
      T: 2,
      nll: 0.5,
      gradient: 1e-17,
      evaluations: 5,
      rows,
      trueClassZeros: 0,
      standardError: 0.05,
      low: 1.8,
      high: 2.2,
      ...change,
    },
    heldOut: null,
  };
}
