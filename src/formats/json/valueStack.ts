import type { JsonValue } from "../index";
import { limits } from "../limits";
import { NumberArray } from "./numberArray";
import { NumberStore, type NumberRun } from "./numberStore";

/** A list or object that is open. */
interface Frame {
  /** Null for a list. */
  object: Map<string, JsonValue> | null;
  name: string;
  /** Where in the store the list's numbers start. */
  start: number;
  /** Elements so far, as long as they are alike. */
  count: number;
  /** Shape of each element: [] for numbers and nulls, [K] for lists of K of them, and so on. */
  inner: readonly number[];
  /** The elements, once they are not alike. */
  items: JsonValue[] | null;
}

const scalar: readonly number[] = [];
const emptyList: readonly JsonValue[] = Object.freeze([]);
const noFrame: Frame = { object: null, name: "", start: 0, count: 0, inner: scalar, items: null };

/** What a value takes in memory beside its text or numbers, roughly. */
const cost = { value: 16, string: 32, array: 64, object: 200, entry: 48 };

/** Whether a shape is a length and then `inner`. */
function isTail(shape: readonly number[], inner: readonly number[]): boolean {
  if (shape.length !== inner.length + 1) return false;
  for (let i = 0; i < inner.length; i++) if (shape[i + 1] !== inner[i]) return false;
  return true;
}

/**
 * What is open, on a stack of its own, and the values as they become whole. Numbers of lists go to
 * the store at once, and a list of equally long ones is counted, not kept row by row.
 */
export class ValueStack {
  readonly store = new NumberStore();
  /** The innermost that is open. */
  frame = noFrame;
  depth = 0;
  /** What was last made outside of all lists and objects. */
  result: JsonValue = null;
  /** Frames of every depth reached so far; those below `depth` are open. */
  private readonly frames: Frame[] = [];
  private heapBytes = 0;
  private lastShape: readonly number[] = [0];

  /** Forgets what is open; what was made is still held by whoever has it. */
  reset(): void {
    this.depth = 0;
    this.frame = noFrame;
    this.result = null;
  }

  /** Forgets the numbers as well: nothing that was made may be used any more. */
  clear(): void {
    this.reset();
    this.store.truncate(0);
    this.heapBytes = 0;
  }

  open(isObject: boolean): void {
    const frame = (this.frames[this.depth++] ??= { ...noFrame });
    frame.object = isObject ? new Map() : null;
    frame.start = this.store.length;
    frame.count = 0;
    frame.inner = scalar;
    frame.items = null;
    this.frame = frame;
  }

  close(): void {
    const { object, items, start, count, inner } = this.frame;
    this.depth--;
    this.frame = this.depth > 0 ? this.frames[this.depth - 1]! : noFrame;
    if (object) this.add(object, cost.object);
    else if (items) this.add(items, cost.array);
    else if (count === 0) this.add(emptyList, cost.value);
    else this.addArray(start, count, inner);
  }

  /** The name of the object's next value. */
  name(name: string): void {
    this.spend(cost.entry);
    this.frame.name = name;
  }

  addString(text: string): void {
    this.add(text, cost.string + text.length);
  }

  addBig(value: bigint): void {
    this.add(value, 2 * cost.value);
  }

  addWord(value: boolean | null): void {
    this.add(value, cost.value);
  }

  /** Whether a number goes to the store: in a list that holds nothing else so far. */
  takesNumbers(): boolean {
    const { object, items, inner } = this.frame;
    return this.depth > 0 && object === null && items === null && inner.length === 0;
  }

  addNumber(value: number): void {
    if (!this.takesNumbers()) return this.add(value, cost.value);
    this.store.push(value);
    this.frame.count++;
  }

  addNull(): void {
    this.store.pushNull();
    this.frame.count++;
  }

  /** Whether a list of rows is the innermost. */
  get isMatrix(): boolean {
    const { object, items, inner, count } = this.frame;
    const isList = this.depth > 0 && object === null && items === null;
    return isList && count > 0 && inner.length > 0;
  }

  /** Adds rows that were read elsewhere to the matrix. False, and nothing done, where they don't fit. */
  addRows(shape: readonly number[], run: NumberRun): boolean {
    const { frame } = this;
    if (!this.isMatrix || shape.length < 2 || !isTail(shape, frame.inner)) return false;
    this.store.append(run);
    frame.count += shape[0]!;
    return true;
  }

  /** An array that ends where the store does. */
  private addArray(start: number, length: number, inner: readonly number[]): void {
    const { frame } = this;
    const isList = this.depth > 0 && frame.object === null && frame.items === null;
    if (isList && frame.count > 0 && frame.inner[0] === length && isTail(frame.inner, inner)) {
      frame.count++;
      return;
    }
    const shape = this.shapeOf(length, inner);
    if (isList && frame.count === 0) {
      frame.inner = shape;
      frame.start = start;
      frame.count = 1;
      return;
    }
    this.add(new NumberArray(this.store, start, shape), cost.array);
  }

  /** Shapes are shared: records bring the same one again and again. */
  private shapeOf(length: number, inner: readonly number[]): readonly number[] {
    const { lastShape } = this;
    if (lastShape[0] === length && isTail(lastShape, inner)) return lastShape;
    return (this.lastShape = [length, ...inner]);
  }

  private add(value: JsonValue, bytes: number): void {
    this.spend(bytes);
    const { frame } = this;
    if (this.depth === 0) this.result = value;
    else if (frame.object) frame.object.set(frame.name, value);
    else (frame.items ??= this.separate(frame)).push(value);
  }

  /** The elements so far one by one, as one comes that is not like them. */
  private separate({ start, count, inner }: Frame): JsonValue[] {
    if (count === 0) return [];
    this.spend(count * (inner.length > 0 ? cost.array : cost.value));
    const entries = new NumberArray(this.store, start, [count, ...inner]).entries();
    const isLast = inner.length === 0 && this.store.length === start + count;
    if (isLast) this.store.truncate(start);
    return entries;
  }

  /** @throws RangeError as the store does */
  private spend(bytes: number): void {
    this.heapBytes += bytes;
    if (this.heapBytes > limits.jsonHeapBytes) throw new RangeError("too many values");
  }
}
