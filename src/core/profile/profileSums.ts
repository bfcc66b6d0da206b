import { binOf, type BinConvention } from "../calibration/bins";
import { decay } from "./decay";
import { windowAt } from "./hermite";
import { interpolate, settle, type Tile } from "./interpolate";
import { LogSum } from "./logSum";
import { Outcome, type ProfileConstants } from "./profileConstants";
import type { RowProfile } from "./rowProfile";

/**
 * Sums over the used rows of a profile at one temperature, in one go. Where the label is the arg
 * max its p is the confidence; only for the others an exponential is needed, in a loop of their
 * own, as the branch could not be foretold.
 */
export class ProfileSums {
  /** Σ of the mean of βδ under p, which is −(dZ/ds)/Z. */
  meanGap = 0;
  /** Σ of Σ p². */
  squares = 0;
  /** How many rows there are, and Σ of their confidence: [bin][wrong, right]. */
  readonly counts: Float64Array;
  readonly confidences: Float64Array;
  private readonly logs = new LogSum();
  private wrongP = 0;
  private nextWrong = 0;

  /** @param beta whose T is covered */
  constructor(
    profile: RowProfile,
    private readonly constants: ProfileConstants,
    private readonly beta: number,
    private readonly edges: Float64Array,
    private readonly convention: BinConvention,
  ) {
    const here = windowAt(profile.classes, beta);
    const doubled = windowAt(profile.classes, 2 * beta);
    this.counts = new Float64Array(2 * (edges.length - 1));
    this.confidences = new Float64Array(2 * (edges.length - 1));
    interpolate(profile, [here.value, here.slope, doubled.value], tile => {
      this.addRows(tile);
      this.addWrongLabels(tile);
    });
  }

  /** Σ ln Z. */
  get logZ(): number {
    return this.logs.total();
  }

  /** Σ p of the label. */
  get labelP(): number {
    let sum = this.wrongP;
    for (let cell = 1; cell < this.confidences.length; cell += 2) sum += this.confidences[cell];
    return sum;
  }

  /** Leaves the confidences where the Z were. */
  private addRows({ from, count, first: z, second: slope, third: zDoubled }: Tile): void {
    const { counts, confidences, logs, edges, convention } = this;
    const { outcome } = this.constants;
    let meanGap = 0;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const how = outcome[from + i];
      if (how === Outcome.unused) continue;
      const rowZ = settle(z[i]);
      const confidence = 1 / rowZ;
      z[i] = confidence;
      logs.add(rowZ);
      meanGap -= slope[i] * confidence;
      squares += zDoubled[i] * confidence * confidence;
      const cell = 2 * binOf(confidence, edges, convention) + how;
      counts[cell]++;
      confidences[cell] += confidence;
    }
    this.meanGap += meanGap;
    this.squares += squares;
  }

  private addWrongLabels({ from, count, first: confidence }: Tile): void {
    const { wrongRow, wrongGap } = this.constants;
    let next = this.nextWrong;
    let sum = 0;
    for (; next < wrongRow.length && wrongRow[next] < from + count; next++) {
      sum += confidence[wrongRow[next] - from] * decay(this.beta * wrongGap[next]);
    }
    this.nextWrong = next;
    this.wrongP += sum;
  }
}
