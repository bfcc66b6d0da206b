import { elementCount } from "../../core/tensor";
import { NumberStore } from "./numberStore";

/**
 * A list of numbers and nulls, or a list of equally long such lists, and so on: row-major in the
 * store of its document, so that a matrix is one value however many rows it has.
 */
export class NumberArray {
  constructor(
    private readonly store: NumberStore,
    private readonly start: number,
    /** Sizes of the nested lists, outermost first; none is 0. */
    readonly shape: readonly number[],
  ) {}

  /** An array of numbers that come from elsewhere. */
  static from(numbers: Iterable<number>, shape?: readonly number[]): NumberArray {
    const store = new NumberStore();
    for (const number of numbers) store.push(number);
    return new NumberArray(store, 0, shape ?? [store.length]);
  }

  /** The same numbers in fewer arrays: those that lie one right behind another are a flat one. */
  static joined(arrays: readonly NumberArray[]): NumberArray[] {
    const out: NumberArray[] = [];
    for (let i = 0; i < arrays.length;) {
      const first = arrays[i++]!;
      const { store, start } = first;
      let end = start + first.size;
      const wasFirst = i;
      for (let next = arrays[i]; next?.store === store && next.start === end; next = arrays[++i]) {
        end += next.size;
      }
      out.push(i === wasFirst ? first : new NumberArray(store, start, [end - start]));
    }
    return out;
  }

  /** Length of the outermost list. */
  get length(): number {
    return this.shape[0]!;
  }

  /** Numbers in all. */
  get size(): number {
    return elementCount(this.shape);
  }

  /** Copies numbers `from` … `from + count − 1`, nulls as `nullAs`. @returns how many were null */
  copy(from: number, count: number, nullAs: number, out: Float64Array, outAt = 0): number {
    return this.store.copy(this.start + from, count, nullAs, out, outAt);
  }

  /** How many are null or equal to a value. */
  countNullsAnd(value: number): number {
    return this.store.count(this.start, this.size, value);
  }

  /** The lists, or the numbers and nulls, that it is made of. */
  entries(): (NumberArray | number | null)[] {
    const inner = this.shape.slice(1);
    const size = elementCount(inner);
    if (inner.length === 0) return this.scalars();
    return Array.from(
      { length: this.length },
      (_, i) => new NumberArray(this.store, this.start + i * size, inner),
    );
  }

  private scalars(): (number | null)[] {
    const numbers = new Float64Array(this.length);
    const nulls = this.copy(0, this.length, 0, numbers);
    const entries: (number | null)[] = Array.from(numbers);
    if (nulls === 0) return entries;
    return entries.map((number, i) => (this.store.isNull(this.start + i) ? null : number));
  }
}
