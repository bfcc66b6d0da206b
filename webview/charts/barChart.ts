import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  Tooltip,
  type ChartOptions,
} from "chart.js";
import { percentRange, temperatureText } from "../format";
import type { Theme } from "../theme";
import { fillOf, openFill } from "./fills";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, Tooltip);

/** The bars of one temperature. */
export interface BarSeries {
  readonly temperature: number;
  readonly probabilities: readonly number[];
  /** Where a probability is only known to lie between two: the upper one. */
  readonly highs?: readonly number[];
}

/** What the bars show; everything is in the order of the ticks. */
export interface BarData {
  readonly ticks: readonly string[];
  /** One a temperature, the present one first. */
  readonly series: readonly BarSeries[];
  /** The tick to outline, or −1. */
  readonly marked: number;
  readonly axisEnd: number;
}

/** Pixels that one class takes, by the number of series; the bars of a class lie side by side. */
export function bandHeight(series: number): number {
  return series === 1 ? 28 : 10 + 17 * series;
}

/** Horizontal bars on a canvas. Nothing moves by itself: dragging the slider is the animation. */
export class BarChart {
  private readonly chart: Chart<"bar", number[], string>;
  private series: readonly BarSeries[] = [];

  constructor(
    canvas: HTMLCanvasElement,
    private theme: Theme,
  ) {
    this.chart = new Chart(canvas, {
      type: "bar",
      data: { labels: [], datasets: [] },
      options: {
        indexAxis: "y",
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: ["mousemove", "mouseout"],
        interaction: { mode: "index", axis: "y", intersect: false },
      },
      plugins: [{ id: "valueTexts", afterDatasetsDraw: chart => this.writeValues(chart) }],
    });
  }

  /** Shows other numbers, or the same in another theme. */
  show({ ticks, series, marked, axisEnd }: BarData, theme: Theme): void {
    this.theme = theme;
    this.series = series;
    const outline = theme.contrastBorder;
    const { chart } = this;
    chart.data.labels = [...ticks];
    chart.data.datasets = series.map(({ temperature, probabilities }, s) => ({
      label: `T = ${temperatureText(temperature)}`,
      data: [...probabilities],
      backgroundColor: fillOf(theme, s),
      borderColor: ticks.map((_, i) => (i === marked ? theme.foreground : outline)),
      borderWidth: ticks.map((_, i) => (i === marked ? 2 : outline ? 1 : 0)),
      borderSkipped: false,
      categoryPercentage: 0.82,
      barPercentage: series.length === 1 ? 0.9 : 0.94,
    }));
    chart.options.layout = { padding: { right: series.some(s => s.highs) ? 118 : 58 } };
    chart.options.scales = scalesOf(theme, axisEnd, marked);
    chart.options.plugins = pluginsOf(theme, series);
    chart.update("none");
  }

  /** Puts the cursor on a tick, or takes it away (−1). */
  pointAt(tick: number): void {
    const { chart } = this;
    const elements =
      tick < 0 ? [] : chart.data.datasets.map((_, datasetIndex) => ({ datasetIndex, index: tick }));
    const bar = tick < 0 ? undefined : chart.getDatasetMeta(0).data[tick];
    chart.setActiveElements(elements);
    chart.tooltip?.setActiveElements(elements, { x: bar?.x ?? 0, y: bar?.y ?? 0 });
    chart.update("none");
  }

  destroy(): void {
    this.chart.destroy();
  }

  /** Writes each probability at the end of its bar, which goes on hatched up to what it can be. */
  private writeValues(chart: Chart<"bar">): void {
    const { theme } = this;
    const pen = chart.ctx;
    pen.save();
    pen.font = `${theme.fontSize - 1}px ${theme.fontFamily}`;
    pen.fillStyle = theme.foreground;
    pen.textBaseline = "middle";
    this.series.forEach(({ probabilities, highs }, s) => {
      chart.getDatasetMeta(s).data.forEach((bar, i) => {
        const low = probabilities[i];
        const high = highs?.[i] ?? low;
        const end = high > low ? chart.scales.x.getPixelForValue(high) : bar.x;
        const { height } = bar.getProps(["height"]) as unknown as { height: number };
        pen.fillStyle = openFill(theme, s);
        if (end > bar.x) pen.fillRect(bar.x, bar.y - height / 2, end - bar.x, height);
        pen.fillStyle = theme.foreground;
        pen.fillText(percentRange(low, high), end + 6, bar.y + 1);
      });
    });
    pen.restore();
  }
}

function scalesOf(theme: Theme, end: number, marked: number): ChartOptions<"bar">["scales"] & {} {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  return {
    x: {
      min: 0,
      max: end,
      grid: { color: theme.grid, drawTicks: false },
      border: { display: false },
      ticks: {
        color: theme.muted,
        font,
        maxTicksLimit: 6,
        padding: 6,
        callback: value => `${Number((Number(value) * 100).toPrecision(3))} %`,
      },
    },
    y: {
      grid: { display: false },
      border: { color: theme.muted },
      ticks: {
        color: theme.foreground,
        font: ({ index }) => ({ ...font, weight: index === marked ? "bold" : "normal" }),
        autoSkip: false,
        padding: 6,
      },
    },
  };
}

function pluginsOf(
  theme: Theme,
  series: readonly BarSeries[],
): ChartOptions<"bar">["plugins"] & {} {
  const several = series.length > 1;
  const font = { family: theme.fontFamily, size: theme.fontSize };
  return {
    legend: {
      display: several,
      align: "start",
      onClick: () => undefined, // hiding a series is what unpinning does
      labels: { color: theme.foreground, font, boxWidth: 14, boxHeight: 10 },
    },
    tooltip: {
      backgroundColor: theme.hover,
      titleColor: theme.hoverText,
      bodyColor: theme.hoverText,
      borderColor: theme.hoverBorder,
      borderWidth: 1,
      cornerRadius: 3,
      titleFont: { ...font, weight: "bold" },
      bodyFont: font,
      displayColors: several,
      callbacks: {
        label: ({ dataset, datasetIndex, dataIndex, raw }) => {
          const high = series[datasetIndex]?.highs?.[dataIndex] ?? Number(raw);
          const least = Number(raw).toPrecision(6);
          const p = high > Number(raw) ? `from ${least} to ${high.toPrecision(6)}` : `= ${least}`;
          return `${dataset.label}: p ${p}`;
        },
      },
    },
  };
}
