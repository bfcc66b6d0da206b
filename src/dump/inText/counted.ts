import { isBefore, type Place, type TextLines } from "./text";

/** A row of an array, with the lists closed before it within the one around them, innermost first. */
interface Mark {
  readonly at: Place;
  readonly closed: readonly number[];
}

/** What counting an array to its end found. */
interface Counted {
  /** From the outermost axis on. */
  readonly sizes: readonly (number | null)[];
  /** Behind the array. */
  readonly arrayEnd: Place;
  readonly marks: Marks;
}

/** From mark to mark: as much as is counted in a fraction of a millisecond. */
const markChars = 1 << 18;
const markLines = 64;

/** Rows along an array, some way apart, from its first one on. */
export class Marks {
  private readonly marks: Mark[];

  /** @param first where the array's outermost list opens @param rank its axes */
  constructor(first: Place, rank: number) {
    this.marks = [{ at: first, closed: new Array<number>(rank - 1).fill(0) }];
  }

  /** Marks a row unless the last mark is near. Rows are to come in their order. */
  add(at: Place, closed: readonly number[]): void {
    const last = this.marks.at(-1)!.at;
    const lines = at.line - last.line;
    const isFar = lines === 0 ? at.character - last.character >= markChars : lines >= markLines;
    if (isFar) this.marks.push({ at, closed: [...closed] });
  }

  /** The last mark at a row or before it. */
  before(row: Place): Mark {
    return this.marks.findLast(({ at }) => !isBefore(row, at))!;
  }
}

/** By the text and the place where the array opens. A text that is changed is another one. */
const kept = new WeakMap<TextLines, Map<string, Counted>>();

const keyOf = ({ line, character }: Place) => `${line}:${character}`;

/** Keeps what was counted as long as the text is in use: the next row is found from a mark. */
export function keepCounted(text: TextLines, open: Place, counted: Counted): void {
  const arrays = kept.get(text) ?? new Map<string, Counted>();
  kept.set(text, arrays.set(keyOf(open), counted));
}

/** The mark before a row of an array that was counted to its end, and what was found there. */
export function countedBefore(
  text: TextLines,
  open: Place,
  row: Place,
): (Mark & Omit<Counted, "marks">) | null {
  const counted = kept.get(text)?.get(keyOf(open));
  return counted ? { ...counted, ...counted.marks.before(row) } : null;
}
