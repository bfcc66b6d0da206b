import { rowState } from "../rowState";
import { softmax } from "../softmax";
import { binOf, equalWidthEdges, type BinConvention } from "./bins";
import { labelledRows, type Block } from "./rowSums";

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
 * Gathers the classwise ECE of logits that arrive in blocks, over bins of equal width (Kull 2019:
 * every probability of a row counts, not its largest alone).
 */
export class ClasswiseBins {
  private readonly edges: Float64Array;
  /** Σ p − Σ y for each class and bin, class by class. */
  private readonly gaps: Float64Array;
  private readonly probability: Float64Array;
  private readonly labels: Float64Array;
  private readonly p: Float64Array;
  private rows = 0;

  /** @throws RangeError for a number of bins that is not a whole number ≥ 1 */
  constructor(
    private readonly classes: number,
    private readonly bins: number,
    private readonly convention: BinConvention,
  ) {
    this.edges = equalWidthEdges(bins);
    this.gaps = new Float64Array(classes * bins);
    this.probability = new Float64Array(classes);
    this.labels = new Float64Array(classes);
    this.p = new Float64Array(classes);
  }

  /** Takes in one more block, without the rows that have no distribution. Arguments as for
   *  `measureRows`. */
  add(block: Block, labels: ArrayLike<number>, T: number): void {
    const { classes } = this;
    const rows = labelledRows(block, classes, labels);
    for (let r = 0; r < rows; r++) {
      const row = block.subarray(r * classes, (r + 1) * classes);
      if (labels[r] >= 0 && rowState(row) === "usable") this.addRow(row, labels[r], T);
    }
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
    const { classes, bins, gaps, rows } = this;
    const eceOf = new Float64Array(classes);
    for (let i = 0; i < gaps.length; i++) eceOf[Math.floor(i / bins)] += Math.abs(gaps[i]) / rows;
    return {
      ece: rows === 0 ? NaN : eceOf.reduce((sum, v) => sum + v, 0) / classes,
      eceOf,
      probability: this.probability.map(sum => sum / rows),
      frequency: this.labels.map(count => count / rows),
    };
  }

  private fields(): readonly Float64Array[] {
    return [this.gaps, this.probability, this.labels];
  }

  private addRow(row: Block, label: number, T: number): void {
    const { bins, edges, convention, gaps, p } = this;
    softmax(row, T, p);
    for (let k = 0; k < p.length; k++) {
      const bin = k * bins + binOf(p[k], edges, convention);
      gaps[bin] += k === label ? p[k] - 1 : p[k];
      this.probability[k] += p[k];
    }
    this.labels[label]++;
    this.rows++;
  }
}
