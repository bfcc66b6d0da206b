import { checkTemperature } from "../temperature";
import { createRowSums, labelledRows, requireSums, sumRow, takeSums, type Block } from "./rowSums";

/** The mean NLL of the used rows at one β = 1/T, and what is needed to lower it. */
export interface LossPoint {
  /** Rows with a distribution and a label; with none, all means are NaN. */
  readonly rows: number;
  /** Rows whose label is masked, so that its probability is 0 at every temperature. */
  readonly trueClassZeros: number;
  /** In nats. */
  readonly nll: number;
  /** dNLL/dβ = mean(Σ p z − z_y), which never falls as β rises. */
  readonly g: number;
  /** d²NLL/dβ² = mean Var_p(z) ≥ 0. */
  readonly h: number;
  /** mean(max z − z_y), the limit of g at β = ∞: 0 if and only if no class beats a label. */
  readonly shortfall: number;
}

/** The losses of the same rows at some β in [0, ∞], found together: rows may be far to fetch. */
export type Losses = (betas: readonly number[]) => Promise<readonly LossPoint[]>;

/** The losses of all rows: exact, or sooner and within some 1e-6 of that. */
export interface AllLosses {
  readonly exact: Losses;
  readonly fast: Losses;
}

/** Gathers the loss at one β in [0, ∞] over blocks of logits. */
export class LossSums {
  /** How many numbers `parts` has. */
  static readonly partCount = 6;

  private readonly temperature: number;
  private readonly sums = createRowSums();
  private rows = 0;
  private zeros = 0;
  private nll = 0;
  private g = 0;
  private h = 0;
  private shortfall = 0;

  /** @throws RangeError for a negative or NaN β */
  constructor(
    private readonly classes: number,
    beta: number,
  ) {
    this.temperature = 1 / checkTemperature(beta);
  }

  /** Takes in one more block. Arguments and errors as for `measureRows`. */
  add(block: Block, labels: ArrayLike<number>): void {
    const { classes, temperature, sums } = this;
    const rows = labelledRows(block, classes, labels);
    for (let r = 0; r < rows; r++) {
      if (labels[r] < 0) continue;
      if (sumRow(block, r * classes, classes, labels[r], temperature, sums)) this.addRow();
    }
  }

  /**
   * Takes in rows by their sums, as a kernel's `sumRows` leaves them at the temperature 1/β.
   * @param labels the class of each row, −1 for none: there are as many rows as labels
   * @throws RangeError for too few sums
   */
  addSums(sums: Float64Array, labels: ArrayLike<number>): void {
    requireSums(sums, labels.length);
    for (let r = 0; r < labels.length; r++) {
      takeSums(sums, r, this.sums);
      if (labels[r] >= 0 && this.sums.argMax >= 0) this.addRow();
    }
  }

  /** What was gathered so far as plain numbers, to be added up in another thread by `addParts`. */
  parts(): Float64Array {
    return Float64Array.of(this.rows, this.zeros, this.nll, this.g, this.h, this.shortfall);
  }

  /** Takes in what another gathered at the same β. Floats: the order of the calls matters. */
  addParts(parts: Float64Array): void {
    this.rows += parts[0];
    this.zeros += parts[1];
    this.nll += parts[2];
    this.g += parts[3];
    this.h += parts[4];
    this.shortfall += parts[5];
  }

  /** The means over all blocks so far. */
  point(): LossPoint {
    const { rows, zeros } = this;
    return {
      rows,
      trueClassZeros: zeros,
      nll: this.nll / rows,
      g: this.g / rows,
      h: this.h / rows,
      shortfall: this.shortfall / rows,
    };
  }

  private addRow(): void {
    const { rest, first, second, shortfall, labelExponent } = this.sums;
    const mean = first / (1 + rest);
    this.rows++;
    if (shortfall === Infinity) this.zeros++;
    this.nll += Math.log1p(rest) - labelExponent;
    this.g += mean + shortfall;
    this.h += Math.max(0, second / (1 + rest) - mean * mean);
    this.shortfall += shortfall;
  }
}
