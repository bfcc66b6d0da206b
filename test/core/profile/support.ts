import {
  createRowMeasures,
  LossSums,
  measureRows,
  ProfileBuilder,
  type Block,
  type LossPoint,
  type RowMeasures,
  type RowProfile,
} from "../../../src/core";
import { randomStream, unit } from "../../../src/core/calibration/random";

/** Rows of logits with labels. */
export interface Dataset {
  readonly classes: number;
  readonly block: Block;
  readonly labels: Int32Array;
}

/** The profile of a whole data set. */
export function profileOf({ classes, block, labels }: Dataset): RowProfile {
  const builder = new ProfileBuilder(labels.length, classes);
  builder.add(block, labels, 0);
  return builder.finish();
}

/** What a float64 pass over the logits finds. */
export function direct({ classes, block, labels }: Dataset, T: number): RowMeasures {
  const out = createRowMeasures(labels.length);
  measureRows(block, classes, labels, T, out);
  return out;
}

/** The loss over a whole data set. */
export function directLoss({ classes, block, labels }: Dataset, beta: number): LossPoint {
  const sums = new LossSums(classes, beta);
  sums.add(block, labels);
  return sums.point();
}

export function small(logits: number[], labels: number[]): Dataset {
  return {
    classes: logits.length / labels.length,
    block: Float64Array.from(logits),
    labels: Int32Array.from(labels),
  };
}

/** So many temperatures from 0.05 to 20, both ends included, evenly on the slider. */
export function temperatures(count: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    i === count - 1 ? 20 : 0.05 * 400 ** (i / (count - 1)),
  );
}

const random = randomStream(7);
const uniform = () => (random() + 0.5) * unit;
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());

/** Ways to make a logit, from ordinary to those that interpolation likes least. */
const makers: Record<string, (k: number, row: number) => number> = {
  "a trained network's": () => 3 * normal(),
  "a sure network's": k => (k === 5 ? 40 : 8 * normal()),
  tied: () => Math.floor(4 * uniform()),
  constant: () => -2.5,
  "one above equals": (k, row) => (k === 3 ? 0 : -(0.25 * 3 ** row)),
  "tiny gaps": k => 1e-6 * k,
  "±50": () => 100 * uniform() - 50,
  "±1e4": () => 2e4 * uniform() - 1e4,
  "heavy-tailed": () => Math.tan(Math.PI * (uniform() - 0.5)),
  "gaps over ten decades": () => -(10 ** (10 * uniform() - 6)),
  "mostly masked": k => (k % 7 === 0 ? 4 * normal() : -Infinity),
  "masked but for one": k => (k === 1 ? 4 : -Infinity),
};

/** So many rows of each kind, with any class as the label, or none where that is masked. */
export function adversarial(rowsOfEach: number, classes: number): Dataset & { kinds: string[] } {
  const kinds = Object.keys(makers).flatMap(kind => Array<string>(rowsOfEach).fill(kind));
  const block = Float64Array.from({ length: kinds.length * classes }, (_, e) => {
    const row = Math.floor(e / classes);
    return makers[kinds[row]](e % classes, row % rowsOfEach);
  });
  const labels = Int32Array.from(kinds, (_, r) => {
    const label = Math.floor(classes * uniform());
    return block[r * classes + label] === -Infinity ? -1 : label;
  });
  return { classes, block, labels, kinds };
}

/** Rows whose labels are drawn from their own softmax at a temperature, which a fit finds again. */
export function sampled(rows: number, classes: number, spread: number, T: number): Dataset {
  const block = Float32Array.from({ length: rows * classes }, () => spread * normal());
  const labels = Int32Array.from({ length: rows }, (_, r) => {
    // The arg max of logits with Gumbel noise is a draw from their softmax.
    let best = 0;
    let top = -Infinity;
    for (let k = 0; k < classes; k++) {
      const noisy = block[r * classes + k] / T - Math.log(-Math.log(uniform()));
      if (noisy > top) [best, top] = [k, noisy];
    }
    return best;
  });
  return { classes, block, labels };
}
