import type { Slicing } from "../../src/dump/reading";

/** Another axis holds the classes; the one that did becomes free. */
export function withClassAxis({ at }: Slicing, classAxis: number): Slicing {
  return { classAxis, at: at.map((index, axis) => (axis === classAxis ? null : index)) };
}

/** An axis is held at the index that was typed, or let free by an empty field. */
export function withAxisAt(slicing: Slicing, axis: number, size: number, text: string): Slicing {
  const typed = Math.trunc(Number(text));
  const index =
    text.trim() === "" || Number.isNaN(typed) ? null : Math.min(size - 1, Math.max(0, typed));
  return { ...slicing, at: slicing.at.map((held, a) => (a === axis ? index : held)) };
}
