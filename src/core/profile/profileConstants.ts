import type { RowProfile } from "./rowProfile";

/** What became of a row: its label is the arg max, is not, or the row is not used. */
export const Outcome = { wrong: 0, right: 1, unused: 2 } as const;

/** What is the same at every temperature. */
export interface ProfileConstants {
  readonly rows: number;
  readonly used: number;
  readonly unlabelled: number;
  readonly unusable: number;
  /** NaN where no row is used, as is `top5`. */
  readonly accuracy: number;
  readonly top5: number;
  /** Used rows whose label is masked. */
  readonly trueClassZeros: number;
  /** Σ max z and Σ (max z − z_label) over the used rows. */
  readonly maxima: number;
  readonly labelGaps: number;
  /** Of each row. */
  readonly outcome: Uint8Array;
  /** The wrong rows whose label is not masked, and how far that is below the top. */
  readonly wrongRow: Int32Array;
  readonly wrongGap: Float64Array;
}

/** Gathers what a profile has to say whatever the temperature. */
export function profileConstants(profile: RowProfile): ProfileConstants {
  const { rows, max, argMax, label, labelGap, labelRank } = profile;
  const outcome = new Uint8Array(rows).fill(Outcome.unused);
  const wrongRow: number[] = [];
  let used = 0;
  let unlabelled = 0;
  let right = 0;
  let inTop5 = 0;
  let trueClassZeros = 0;
  let maxima = 0;
  let labelGaps = 0;
  for (let r = 0; r < rows; r++) {
    if (label[r] < 0) {
      if (argMax[r] >= 0) unlabelled++;
      continue;
    }
    used++;
    maxima += max[r];
    labelGaps += labelGap[r];
    if (labelRank[r] < 5) inTop5++;
    if (labelGap[r] === Infinity) trueClassZeros++;
    const isRight = label[r] === argMax[r];
    outcome[r] = isRight ? Outcome.right : Outcome.wrong;
    if (isRight) right++;
    else if (labelGap[r] < Infinity) wrongRow.push(r);
  }
  return {
    rows,
    used,
    unlabelled,
    unusable: rows - used - unlabelled,
    accuracy: right / used,
    top5: inTop5 / used,
    trueClassZeros,
    maxima,
    labelGaps,
    outcome,
    wrongRow: Int32Array.from(wrongRow),
    wrongGap: Float64Array.from(wrongRow, r => labelGap[r]),
  };
}
