import { binOf, type BinConvention } from "../calibration/bins";
import { windowAt } from "./hermite";
import { interpolateOne, settle, type Tile } from "./interpolate";
import { LogSum } from "./logSum";
import { Outcome, type ProfileConstants } from "./profileConstants";
import type { RowProfile } from "./rowProfile";

/** The used rows of a profile by confidence at one temperature, and Σ ln Z, for which Z is enough. */
export class ProfileBins {
  /** How many rows there are, and Σ of their confidence: [bin][wrong, right]. */
  readonly counts: Float64Array;
  readonly confidences: Float64Array;
  private readonly logs = new LogSum();

  /** @param beta whose T is covered */
  constructor(
    profile: RowProfile,
    private readonly outcome: ProfileConstants["outcome"],
    beta: number,
    private readonly edges: Float64Array,
    private readonly convention: BinConvention,
  ) {
    this.counts = new Float64Array(2 * (edges.length - 1));
    this.confidences = new Float64Array(2 * (edges.length - 1));
    interpolateOne(profile, windowAt(profile.classes, beta).value, tile => this.addRows(tile));
  }

  /** Σ ln Z. */
  get logZ(): number {
    return this.logs.total();
  }

  /** Σ p of the label, over rows where it is the arg max. */
  get rightP(): number {
    let sum = 0;
    for (let cell = 1; cell < this.confidences.length; cell += 2) sum += this.confidences[cell];
    return sum;
  }

  private addRows({ from, count, third: z }: Tile): void {
    const { counts, confidences, logs, edges, convention, outcome } = this;
    for (let i = 0; i < count; i++) {
      const how = outcome[from + i];
      if (how === Outcome.unused) continue;
      const rowZ = settle(z[i]);
      const confidence = 1 / rowZ;
      logs.add(rowZ);
      const cell = 2 * binOf(confidence, edges, convention) + how;
      counts[cell]++;
      confidences[cell] += confidence;
    }
  }
}
