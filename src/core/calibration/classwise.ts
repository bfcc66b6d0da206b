import { binOf, equalWidthEdges, type BinConvention } from "./bins";
import { stateOf } from "./rowSums";

/** Takes a probability that row `row` of a block gives to class `k`. */
export type FoundProbability = (row: number, k: number, p: number) => void;

/** Calibration class by class: element k is of "class k or not". NaN where there is no row. */
export interface Classwise {
  /** The mean over the classes of their ECE. */
  readonly ece: number;
  readonly eceOf: Float64Array;
  /** Mean probability given to the class. */
  readonly probability: Float64Array;
  /** The part of rows that have the class as their label. */
  readonly frequency: Float64Array;
}

/**
 * Adds up probabilities by class, over the rows of a block that have both a distribution and a
 * label, and tells those from a threshold on one by one: a kernel's `addProbabilities`.
 */
export type AddProbabilities = (
  totals: Float64Array,
  threshold: number,
  found: FoundProbability,
) => void;

/**
 * Gathers the classwise ECE of rows that arrive in blocks, over bins of equal width (Kull 2019:
 * every probability of a row counts, not its largest alone). Of M bins at most M probabilities of a
 * row lie beyond the first, so these alone are binned; the first holds what the others don't.
 */
export class ClasswiseBins {
  private readonly edges: Float64Array;
  /** Σ p − Σ y for each class and bin but the first, class by class. */
  private readonly gaps: Float64Array;
  private readonly probability: Float64Array;
  private readonly labels: Float64Array;
  private rows = 0;

  /** @throws RangeError for a number of bins that is not a whole number ≥ 1 */
  constructor(
    private readonly classes: number,
    private readonly bins: number,
    private readonly convention: BinConvention,
  ) {
    this.edges = equalWidthEdges(bins);
    this.gaps = new Float64Array(classes * (bins - 1));
    this.probability = new Float64Array(classes);
    this.labels = new Float64Array(classes);
  }

  /**
   * Takes in one more block, without the rows that have no distribution or no label.
   * @param sums what a kernel's `sumRows` left of it
   * @param labels the class of each row, −1 for none: there are as many rows as labels
   */
  add(sums: Float64Array, labels: ArrayLike<number>, addProbabilities: AddProbabilities): void {
    for (let r = 0; r < labels.length; r++) {
      if (labels[r] < 0 || stateOf(sums, r) !== 0) continue;
      this.labels[labels[r]]++;
      this.rows++;
    }
    const others = this.bins - 1;
    // With one bin nothing is beyond the first.
    const threshold = others > 0 ? this.edges[1] : Infinity;
    addProbabilities(this.probability, threshold, (row, k, p) => {
      const bin = binOf(p, this.edges, this.convention);
      if (bin > 0) this.gaps[k * others + bin - 1] += k === labels[row] ? p - 1 : p;
    });
  }

  /** What was gathered, as numbers to be added up with those of other threads. */
  parts(): Float64Array {
    const fields = this.fields();
    const out = new Float64Array(fields.reduce((sum, field) => sum + field.length, 1));
    let at = 0;
    for (const field of fields) {
      out.set(field, at);
      at += field.length;
    }
    out[at] = this.rows;
    return out;
  }

  /** Adds what was gathered elsewhere, over the same classes and bins. */
  addParts(parts: Float64Array): void {
    let at = 0;
    for (const field of this.fields()) {
      for (let i = 0; i < field.length; i++) field[i] += parts[at++];
    }
    this.rows += parts[at];
  }

  /** The classwise calibration of all blocks so far. */
  result(): Classwise {
    const { rows } = this;
    const eceOf = Float64Array.from(this.labels, (_, k) => this.gapOf(k) / rows);
    return {
      ece: rows === 0 ? NaN : eceOf.reduce((sum, v) => sum + v, 0) / this.classes,
      eceOf,
      probability: this.probability.map(sum => sum / rows),
      frequency: this.labels.map(count => count / rows),
    };
  }

  /** Σ |Σ p − Σ y| of a class over its bins. */
  private gapOf(k: number): number {
    const others = this.bins - 1;
    let first = this.probability[k] - this.labels[k];
    let total = 0;
    for (let i = k * others; i < (k + 1) * others; i++) {
      first -= this.gaps[i];
      total += Math.abs(this.gaps[i]);
    }
    return total + Math.abs(first);
  }

  private fields(): readonly Float64Array[] {
    return [this.gaps, this.probability, this.labels];
  }
}
