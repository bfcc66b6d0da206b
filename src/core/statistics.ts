/** A summary of any numbers. Minimum, maximum, mean and deviation are of the finite ones. */
export interface Statistics {
  readonly count: number;
  readonly finite: number;
  readonly zeros: number;
  readonly nan: number;
  readonly posInf: number;
  readonly negInf: number;
  /** NaN, as are the next three, where nothing is finite. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation (divided by n, NumPy's default). */
  readonly std: number;
}

/** Gathers the statistics of an array that arrives in blocks (Welford 1962). */
export class RunningStatistics {
  private count = 0;
  private finite = 0;
  private zeros = 0;
  private nan = 0;
  private posInf = 0;
  private negInf = 0;
  private min = Infinity;
  private max = -Infinity;
  private mean = 0;
  private squares = 0;

  /** Takes in one more block. */
  add(values: ArrayLike<number>): void {
    this.count += values.length;
    for (let i = 0; i < values.length; i++) {
      const v = values[i];
      if (Number.isFinite(v)) this.addFinite(v);
      else if (v === Infinity) this.posInf++;
      else if (v === -Infinity) this.negInf++;
      else this.nan++;
    }
  }

  /** The statistics of all blocks so far. */
  result(): Statistics {
    const { count, finite, zeros, nan, posInf, negInf } = this;
    const counts = { count, finite, zeros, nan, posInf, negInf };
    if (finite === 0) return { ...counts, min: NaN, max: NaN, mean: NaN, std: NaN };
    const { min, max, mean } = this;
    return { ...counts, min, max, mean, std: Math.sqrt(this.squares / finite) };
  }

  private addFinite(v: number): void {
    this.finite++;
    if (v === 0) this.zeros++;
    if (v < this.min) this.min = v;
    if (v > this.max) this.max = v;
    const gap = v - this.mean;
    // A gap of ±∞ is one between values near ±1e308, whose mean is still within reach.
    this.mean += Number.isFinite(gap)
      ? gap / this.finite
      : v / this.finite - this.mean / this.finite;
    this.squares += gap * (v - this.mean);
  }
}
