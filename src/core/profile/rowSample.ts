/** Some of the rows of a dump, spread evenly over all of them. */
export interface RowSample {
  readonly count: number;
  /** How many rows there are. */
  readonly of: number;
}

/** All rows. */
export function wholeOf(rows: number): RowSample {
  return { count: rows, of: rows };
}

/** All rows if they are no more than `most`, else `most` of them. */
export function sampleOf(rows: number, most: number): RowSample {
  return { count: Math.min(rows, most), of: rows };
}

/** The row of the dump that is row `i` of a sample. */
export function sampledRow({ count, of }: RowSample, i: number): number {
  return count === of ? i : Math.floor(((i + 0.5) * of) / count);
}

/**
 * Moves the sampled ones of the rows `first` to `first + rows − 1`, which stand in `block`, to its
 * beginning.
 * @param rowBytes bytes of a row
 * @returns the place in the sample of the first of them, and how many there are
 */
export function pickSample(
  block: Uint8Array,
  rowBytes: number,
  first: number,
  rows: number,
  sample: RowSample,
): { first: number; rows: number } {
  if (sample.count === sample.of) return { first, rows };
  const start = placeAfter(sample, first);
  const end = placeAfter(sample, first + rows);
  for (let i = start; i < end; i++) {
    const from = (sampledRow(sample, i) - first) * rowBytes;
    block.copyWithin((i - start) * rowBytes, from, from + rowBytes);
  }
  return { first: start, rows: end - start };
}

/** The place in a sample of its first row from `row` on. */
function placeAfter(sample: RowSample, row: number): number {
  // Within one of the answer: the quotient is rounded, and so was the row of that place.
  let i = Math.max(0, Math.floor((row * sample.count) / sample.of) - 1);
  while (i < sample.count && sampledRow(sample, i) < row) i++;
  return i;
}
