/**
 * Σ ln z over many z from 1 to about 1e9, with few logarithms: the z are multiplied, and the
 * logarithm is taken before the product overflows.
 */
export class LogSum {
  private product = 1;
  private sum = 0;

  add(z: number): void {
    this.product *= z;
    if (this.product > 1e290) {
      this.sum += Math.log(this.product);
      this.product = 1;
    }
  }

  /** The sum so far. */
  total(): number {
    return this.sum + Math.log(this.product);
  }
}
