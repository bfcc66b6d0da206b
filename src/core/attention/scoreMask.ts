/**
 * What people write for −∞ in a mask, nearest to 0 first: −1e4 and the lowest float16, −1e9, and the
 * lowest float32 (to which that of bfloat16 is near) and float64, `finfo.min`.
 */
const fills = [-1e4, -65504, -1e9, -3.4028234663852886e38, -Number.MAX_VALUE];

/** A mask is often added to the score it hides, so that it is met within so much of itself. */
const nearness = 0.02;

/** Scores that count are so many times nearer to 0 than the mask: else it may be a score itself. */
const distance = 10;

/** A fill, and the score from which downwards everything is masked. */
export interface ScoreMask {
  readonly fill: number;
  readonly below: number;
}

/**
 * The finite number that stands for −∞ in raw scores, told from real scores by the empty stretch
 * between: every score is at or below it (within 2 %), or ten times nearer to 0.
 * −1e4 can be a score, so it counts only where there are others beside it.
 * @returns null where −∞ alone masks, or nothing does
 */
export function findScoreMask(scores: ArrayLike<number>): ScoreMask | null {
  const fill = nearestFill(scores);
  if (fill === undefined) return null;
  const below = fill * (1 - nearness);
  let real = 0;
  for (let i = 0; i < scores.length; i++) {
    const v = scores[i];
    if (!(v > below)) continue; // masked, or NaN
    if (Math.abs(v) > -fill / distance && v !== Infinity) return null;
    real++;
  }
  return real === 0 && fill === fills[0] ? null : { fill, below };
}

/** The first of the fills that some score is near to. */
function nearestFill(scores: ArrayLike<number>): number | undefined {
  const met = fills.map(() => false);
  const highest = fills[0] * (1 - nearness);
  for (let i = 0; i < scores.length; i++) {
    const v = scores[i];
    if (!(v <= highest) || v === -Infinity) continue;
    for (let f = 0; f < fills.length; f++) {
      met[f] ||= Math.abs(v / fills[f] - 1) <= nearness;
    }
  }
  return fills[met.indexOf(true)];
}
