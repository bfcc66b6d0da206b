import type { DType } from "./tensor";

/** What a row's numbers are. "values" are no scores at all: an image, an embedding. */
export type Kind = "logits" | "log-probabilities" | "probabilities" | "values";

/**
 * The kind that one row's numbers look like: probabilities if all lie in [0, 1] and they sum to 1,
 * log-probabilities if all are ≤ 0 (−∞ allowed) and their exponentials do, logits otherwise.
 * Undefined for a row with NaN or +∞, one that is all −∞, and an empty one: they say nothing.
 * Clipping and rounding push real ones a little past 1, which the tolerance covers too.
 * @param tol how far the sum of probabilities, or the logsumexp, may be from 1 and 0
 */
export function rowKind(row: ArrayLike<number>, tol: number): Kind | undefined {
  const numbers = new RowNumbers();
  numbers.add(row);
  return numbers.kind(tol);
}

/** What tells the kind of a row, taken up by the piece, so that a long row need not be held. */
export class RowNumbers {
  private min = Infinity;
  private max = -Infinity;
  private sum = 0;
  /** Of exponentials, as long as none is above 1. */
  private partition = 0;

  /** Takes the next numbers of the row. */
  add(piece: ArrayLike<number>): void {
    for (let i = 0; i < piece.length; i++) {
      this.min = Math.min(this.min, piece[i]);
      this.max = Math.max(this.max, piece[i]);
      this.sum += piece[i];
    }
    // Plain, without a shift: far enough from 0 to underflow is far enough to say no.
    for (let i = 0; i < piece.length && this.max <= 0; i++) this.partition += Math.exp(piece[i]);
  }

  /** Whether nothing that may follow could make them probabilities or their logarithms. */
  get isScores(): boolean {
    return this.min < 0 && this.max > 0;
  }

  /** The kind of the row so far, as `rowKind` says. */
  kind(tol: number): Kind | undefined {
    const { min, max, sum, partition } = this;
    if (Number.isNaN(min) || Math.abs(max) === Infinity) return undefined;
    if (min >= 0 && max <= 1 + tol && Math.abs(sum - 1) < tol) return "probabilities";
    const isNormal = max <= 0 && Math.abs(Math.log(partition)) < tol;
    return isNormal ? "log-probabilities" : "logits";
  }
}

/**
 * The kind of an array by a sample of its rows: what all of them look like, or logits if they
 * disagree or none has anything to say. Never "values", which only a shape or a person can tell.
 * @param dtype the file's own type
 */
export function guessKind(rows: Iterable<ArrayLike<number>>, dtype: DType): Kind {
  let guess: Kind | undefined;
  for (const row of rows) {
    const kind = rowKind(row, kindTolerance(dtype));
    if (kind !== undefined && kind !== (guess ??= kind)) return "logits";
  }
  return guess ?? "logits";
}

/** Half precision sums to 1 within 1e-2 only, other types within 1e-4. */
export function kindTolerance(dtype: DType): number {
  return dtype === "float16" || dtype === "bfloat16" ? 1e-2 : 1e-4;
}
