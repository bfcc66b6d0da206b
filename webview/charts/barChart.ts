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
import { percent, temperatureText } from "../format";
import type { Theme } from "../theme";
import { fillOf } from "./fills";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, Tooltip);

/** What the bars show; everything is in the order of the ticks. */
export interface BarData {
  readonly ticks: readonly string[];
  /** One a temperature, the present one first. */
  readonly series: readonly { temperature: number; probabilities: readonly number[] }[];
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
        layout: { padding: { right: 58 } },
        interaction: { mode: "index", axis: "y", intersect: false },
      },
      plugins: [{ id: "valueTexts", afterDatasetsDraw: chart => this.writeValues(chart) }],
    });
  }

  /** Shows other numbers, or the same in another theme. */
  show({ ticks, series, marked, axisEnd }: BarData, theme: Theme): void {
    this.theme = theme;
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
    chart.options.scales = scalesOf(theme, axisEnd, marked);
    chart.options.plugins = pluginsOf(theme, series.length > 1);
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

  /** Writes each probability at the end of its bar. */
  private writeValues(chart: Chart<"bar">): void {
    const { theme } = this;
    const pen = chart.ctx;
    pen.save();
    pen.font = `${theme.fontSize - 1}px ${theme.fontFamily}`;
    pen.fillStyle = theme.foreground;
    pen.textBaseline = "middle";
    chart.data.datasets.forEach((dataset, s) => {
      chart.getDatasetMeta(s).data.forEach((bar, i) => {
        pen.fillText(percent(Number(dataset.data[i])), bar.x + 6, bar.y + 1);
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

function pluginsOf(theme: Theme, several: boolean): ChartOptions<"bar">["plugins"] & {} {
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
        label: item => `${item.dataset.label}: p = ${Number(item.raw).toPrecision(6)}`,
      },
    },
  };
}
