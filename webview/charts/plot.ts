import type { ChartDataset } from "chart.js";
import type { Theme } from "../theme";

export type PlotDataset = ChartDataset<"line"> | ChartDataset<"bar"> | ChartDataset<"scatter">;

/** One axis of a plot. */
export interface Axis {
  readonly title: string;
  readonly min: number;
  readonly max: number;
  readonly isLog?: boolean;
  readonly tick?: (value: number) => string;
  /** Where ticks stand, if not where Chart.js puts them. */
  readonly ticks?: readonly number[];
}

/** A line across the picture, at a value of x. */
export interface Mark {
  readonly x: number;
  readonly text: string;
  /** The series whose colour and dash it has. */
  readonly series: number;
}

/** A stop of the cursor: a value of x (and y, where several share one), and what is there in words. */
export interface Place {
  readonly x: number;
  readonly y?: number;
  readonly text: string;
}

/** A whisker: an interval of y at a value of x. */
export interface Whisker {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** A picture over two axes as data; colours come with the theme. */
export interface Plot {
  /** The picture in one sentence, for those who don't see it. */
  readonly label: string;
  readonly x: Axis;
  readonly y: Axis;
  /** A second axis of y, at the right: for datasets with `yAxisID: "right"`. */
  readonly right?: Axis;
  readonly datasets: (theme: Theme) => PlotDataset[];
  readonly places: readonly Place[];
  readonly whiskers?: readonly Whisker[];
  /** Texts over the picture, each at a value of x, left out where they don't fit side by side. */
  readonly above?: readonly { readonly x: number; readonly text: string }[];
}

/** Dashes tell lines apart where colours may not: whole, dashed, dotted, both. */
const dashes: readonly number[][] = [[], [7, 4], [2, 3], [9, 3, 2, 3]];

/** How a line of a series is drawn; in high contrast all have one colour and differ by dash. */
export function stroke(theme: Theme, series: number): { color: string; dash: number[] } {
  const color = theme.contrastBorder ? theme.foreground : theme.series[series % 4];
  return { color, dash: dashes[series % 4] };
}

/** A line through points, without dots. */
export function lineOf(
  theme: Theme,
  series: number,
  label: string,
  data: { x: number; y: number }[],
): ChartDataset<"line"> {
  const { color, dash } = stroke(theme, series);
  return {
    type: "line",
    label,
    data,
    borderColor: color,
    backgroundColor: color,
    borderDash: dash,
    borderWidth: 2,
    pointRadius: 0,
    pointHoverRadius: 0,
    pointStyle: "line",
    tension: 0,
  };
}
