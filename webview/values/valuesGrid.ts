/** One line of the table of an array's first values. */
export interface GridLine {
  /** Index of the first value along each axis: "[0, 10]". */
  readonly at: string;
  /** Its place in C order. */
  readonly start: number;
  readonly length: number;
}

/** Values in a line where the last axis is longer than this. */
const maxColumns = 8;

/**
 * Lays the first `count` elements of an array out in lines, in C order: a line is one run along the
 * last axis, or a part of it where that is too long to read.
 */
export function gridLines(shape: readonly number[], count: number): GridLine[] {
  const inner = shape.at(-1) ?? 1;
  const lines: GridLine[] = [];
  for (let start = 0; start < count;) {
    const length = Math.min(maxColumns, inner - (start % inner), count - start);
    lines.push({ at: `[${indexOf(shape, start).join(", ")}]`, start, length });
    start += length;
  }
  return lines;
}

/** The index along each axis of an element in C order. */
function indexOf(shape: readonly number[], place: number): number[] {
  const index: number[] = [];
  for (const size of [...shape].reverse()) {
    index.unshift(place % size);
    place = Math.floor(place / size);
  }
  return index;
}
