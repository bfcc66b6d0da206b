import type { Mark, Plot } from "../../charts/plot";
import type { DataTable } from "../../parts/dataTable";

/** A picture of the tab with the table of its numbers. */
export interface Picture {
  readonly heading: string;
  /** How to read it, in a sentence or two. */
  readonly note?: string;
  readonly plot: Plot;
  /** Apart from the plot, which need not be drawn anew when they move with the slider. */
  readonly marks?: readonly Mark[];
  readonly table: DataTable;
  /** For the name of a saved file. */
  readonly slug: string;
}

/** 0, 0.2 … 1 as an axis of probabilities. */
export const unitTicks = [0, 0.2, 0.4, 0.6, 0.8, 1];

export function unitTick(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** The end of an axis from 0: the next round number above a value. */
export function roundAbove(value: number): number {
  if (!(value > 0) || value === Infinity) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find(s => s * power >= value) ?? 10;
  return Number((step * power).toPrecision(3));
}
