import { checkTemperature } from "../temperature";
import { createRowSums, labelledRows, sumRow, type Block } from "./rowSums";

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

/** Gathers the loss at one β in [0, ∞] over blocks of logits. */
export class LossSums {
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
