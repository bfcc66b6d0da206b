import { kindTolerance, rowKind, type Kind } from "../kinds";
import type { DType } from "../tensor";

/** Numbers as they lie in an array: rows one after another. */
export interface RawMap {
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
}

/** What the numbers of attention maps are, and along which axis the keys lie. */
export interface MapKind {
  /** Raw scores are "logits". */
  readonly kind: Exclude<Kind, "values">;
  /** True where keys run down the columns: each column is a distribution, or softmax goes over it. */
  readonly turned: boolean;
}

/**
 * Tells maps by their sums: probabilities if every row looked at adds up to 1, or every column; the same for
 * log-probabilities; raw scores otherwise, whose keys are taken to lie along the rows. Rows that
 * are 0 throughout (of padding), and those with NaN, say nothing.
 * @param dtype the file's own type
 */
export function guessMapKind(maps: readonly RawMap[], dtype: DType): MapKind {
  const tol = kindTolerance(dtype);
  for (const turned of [false, true]) {
    const kind = commonKind(maps, turned, tol);
    if (kind === "probabilities" || kind === "log-probabilities") return { kind, turned };
  }
  return { kind: "logits", turned: false };
}

/** Lines of a map that are looked at in either direction: the first, the last, others in between. */
const sampleLines = 64;

/** What all lines look like; undefined if they disagree or none has anything to say. */
function commonKind(maps: readonly RawMap[], turned: boolean, tol: number): Kind | undefined {
  let common: Kind | undefined;
  for (const { values, rows, columns } of maps) {
    const [lines, length] = turned ? [columns, rows] : [rows, columns];
    const [step, stride] = turned ? [1, columns] : [columns, 1];
    const line = new Float64Array(length);
    const count = Math.min(lines, sampleLines);
    for (let l = 0; l < count; l++) {
      const i = count === 1 ? 0 : Math.round((l * (lines - 1)) / (count - 1));
      for (let j = 0; j < length; j++) line[j] = values[i * step + j * stride];
      if (line.every(v => v === 0)) continue;
      const kind = rowKind(line, tol);
      if (kind !== undefined && kind !== (common ??= kind)) return undefined;
    }
  }
  return common;
}
