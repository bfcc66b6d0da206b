import type { BinConvention } from "../calibration/bins";
import { calibrationError } from "../calibration/calibrationError";
import type { LiveMetrics } from "../calibration/metrics";
import { reliabilityBins } from "../calibration/reliability";
import type { Steps } from "../steps";
import { profileConstants, type ProfileConstants } from "./profileConstants";
import { profileBins } from "./profileBins";
import { coveredBeta, type RowProfile } from "./rowProfile";
import { smoothSums } from "./smoothSums";
import { SmoothTable } from "./smoothTable";

/** The live metrics, and the energy. */
export interface ProfileMetrics extends LiveMetrics {
  /** Mean of −Σ p z. */
  readonly energy: number;
}

/**
 * Finds the live metrics at any temperature without an array of rows: those of `evaluateRows` and
 * `liveMetrics`, but for the order in which rows are added up.
 */
export class ProfileEvaluator {
  private readonly constants: ProfileConstants;
  private readonly table: SmoothTable;

  constructor(private readonly profile: RowProfile) {
    const constants = (this.constants = profileConstants(profile));
    this.table = new SmoothTable(beta => smoothSums(profile, constants, beta));
  }

  /** Finds at some temperatures what is smooth between them, so that `metrics` is faster thereafter. */
  *prepare(): Steps<void> {
    for (let i = 0; i < SmoothTable.places; i++) {
      this.table.fill(i);
      yield;
    }
  }

  /**
   * @throws RangeError for a temperature that profiles don't cover, or a number of bins that is not
   *   a whole number from 1 to 1000
   */
  metrics(T: number, bins: number, convention: BinConvention): ProfileMetrics {
    const { rows, used, unlabelled, unusable, accuracy, top5, trueClassZeros, maxima, labelGaps } =
      this.constants;
    const beta = coveredBeta(T);
    const { binned, rightP } = profileBins(
      this.profile,
      this.constants.outcome,
      beta,
      bins,
      convention,
    );
    const { logZ, meanGap, squares, wrongP } = this.table.at(beta);
    return {
      rows,
      used,
      unlabelled,
      unusable,
      accuracy,
      top5,
      trueClassZeros,
      nll: (logZ + labelGaps / T) / used,
      // Exact numbers are not below 0; interpolated ones are not to be either.
      brier: Math.max(0, (squares - 2 * (rightP + wrongP)) / used + 1),
      confidence: binned.confidence.reduce((sum, c) => sum + c, 0) / used,
      entropy: Math.max(0, (logZ + meanGap) / used),
      energy: (T * meanGap - maxima) / used,
      ...calibrationError(binned),
      convention,
      bins: reliabilityBins(binned),
    };
  }
}
