/** The top of a row: what a distribution is measured from. */
export interface Peak {
  /** The largest score. */
  readonly max: number;
  /** The lowest index that has it. */
  readonly argMax: number;
  /** How many classes have it. */
  readonly ties: number;
  /** The largest score of the others: `max` again on ties, −∞ if no other is unmasked. */
  readonly second: number;
  /** How many classes are not masked (−∞). */
  readonly unmasked: number;
}

/** The peak of a usable row (see `rowState`), in one pass. */
export function findPeak(z: ArrayLike<number>): Peak {
  let max = -Infinity;
  let second = -Infinity;
  let argMax = 0;
  let ties = 0;
  let unmasked = 0;
  for (let i = 0; i < z.length; i++) {
    const v = z[i];
    if (v === -Infinity) continue;
    unmasked++;
    if (v > max) {
      second = max;
      max = v;
      argMax = i;
      ties = 1;
    } else {
      if (v === max) ties++;
      if (v > second) second = v;
    }
  }
  return { max, argMax, ties, second, unmasked };
}

/** Where the largest score from `start` up to `end` first is, counted from `start`. For usable rows. */
export function argMaxOf(row: ArrayLike<number>, start = 0, end = row.length): number {
  let best = start;
  let max = row[start];
  for (let i = start + 1; i < end; i++) {
    const v = row[i];
    if (v > max) {
      max = v;
      best = i;
    }
  }
  return best - start;
}
