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

/** Values taken in at a time: few enough to be looked at twice in the cache. */
const chunk = 1024;

/**
 * Gathers the statistics of an array that arrives in blocks. Each chunk gets its mean and then the
 * squares about it, which are merged with those so far (Chan, Golub and LeVeque 1979).
 */
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
    for (let start = 0; start < values.length; start += chunk) {
      this.addChunk(values, start, Math.min(values.length, start + chunk));
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

  private addChunk(values: ArrayLike<number>, start: number, end: number): void {
    let { zeros, min, max } = this;
    let finite = 0;
    let sum = 0;
    for (let i = start; i < end; i++) {
      const v = values[i];
      if (v - v !== 0) this.countOther(v);
      else {
        finite++;
        sum += v;
        if (v === 0) zeros++;
        if (v < min) min = v;
        if (v > max) max = v;
      }
    }
    this.count += end - start;
    this.zeros = zeros;
    this.min = min;
    this.max = max;
    if (finite === 0) return;
    const mean = Number.isFinite(sum) ? sum / finite : meanOfHuge(values, start, end, finite);
    let squares = 0;
    for (let i = start; i < end; i++) {
      const v = values[i];
      if (v - v === 0) squares += (v - mean) * (v - mean);
    }
    this.merge(finite, mean, squares);
  }

  private countOther(v: number): void {
    if (v === Infinity) this.posInf++;
    else if (v === -Infinity) this.negInf++;
    else this.nan++;
  }

  private merge(finite: number, mean: number, squares: number): void {
    const before = this.finite;
    this.finite += finite;
    const part = finite / this.finite;
    const gap = mean - this.mean;
    // A gap of ±∞ is one between means near ±1e308, whose own mean is still within reach.
    this.mean = Number.isFinite(gap)
      ? this.mean + gap * part
      : this.mean * (1 - part) + mean * part;
    this.squares += before === 0 ? squares : squares + gap * gap * before * part;
  }
}

/** The mean of finite values whose sum is beyond the largest number. */
function meanOfHuge(values: ArrayLike<number>, start: number, end: number, finite: number): number {
  let mean = 0;
  for (let i = start; i < end; i++) if (Number.isFinite(values[i])) mean += values[i] / finite;
  return mean;
}
