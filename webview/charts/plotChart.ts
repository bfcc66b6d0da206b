import {
  BarController,
  BarElement,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  type ChartOptions,
  type LegendItem,
  type ScaleOptionsByType,
} from "chart.js";
import type { Theme } from "../theme";
import type { Axis, Mark, Plot } from "./plot";
import { drawAbove, drawCursor, drawMarks, drawWhiskers } from "./plotMarks";

Chart.register(
  BarController,
  BarElement,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
);

/** How near the pointer must come to a place that is a point, in pixels. */
const reach = 30;

/** What is drawn over a plot: lines across it, and the cursor on one of its places (−1: on none). */
export interface Over {
  readonly marks: readonly Mark[];
  readonly cursor: number;
}

/** A plot on a canvas. Nothing moves by itself: dragging the slider is the animation. */
export class PlotChart {
  private readonly chart: Chart;
  private shown: { plot: Plot; theme: Theme } | undefined;
  private over: Over = { marks: [], cursor: -1 };

  constructor(canvas: HTMLCanvasElement) {
    this.chart = new Chart(canvas, {
      type: "scatter",
      data: { datasets: [] },
      options: { animation: false, responsive: true, maintainAspectRatio: false, events: [] },
      plugins: [{ id: "marks", afterDatasetsDraw: chart => this.drawOver(chart) }],
    });
  }

  /** Shows other numbers, or the same in another theme, or with something else drawn over them. */
  show(plot: Plot, theme: Theme, over: Over): void {
    const { chart, shown } = this;
    this.over = over;
    if (shown?.plot === plot && shown.theme === theme) {
      chart.draw();
      return;
    }
    this.shown = { plot, theme };
    const datasets = plot.datasets(theme) as Chart["data"]["datasets"];
    if (shown?.theme === theme && sameFrame(shown.plot, plot) && this.isLike(datasets)) {
      // Only numbers moved: all that Chart.js has worked out about the options stays valid.
      chart.data.datasets.forEach((dataset, i) => Object.assign(dataset, datasets[i]));
    } else {
      chart.data.datasets = datasets;
      Object.assign(chart.options, optionsOf(plot, theme));
    }
    chart.update("none");
  }

  /** Whether datasets are of the kinds that are shown, in their order. */
  private isLike(datasets: Chart["data"]["datasets"]): boolean {
    const { datasets: own } = this.chart.data;
    return own.length === datasets.length && own.every((set, i) => set.type === datasets[i].type);
  }

  /** The place nearest to a point of the canvas, or −1. */
  nearest(plot: Plot, x: number, y: number): number {
    const { chartArea, scales } = this.chart;
    if (x < chartArea.left || x > chartArea.right || y < chartArea.top || y > chartArea.bottom) {
      return -1;
    }
    let best = -1;
    let least = Infinity;
    plot.places.forEach((place, i) => {
      const aside = Math.abs(scales.x.getPixelForValue(place.x) - x);
      const distance =
        place.y === undefined ? aside : Math.hypot(aside, scales.y.getPixelForValue(place.y) - y);
      if (distance >= least || (place.y !== undefined && distance > reach)) return;
      least = distance;
      best = i;
    });
    return best;
  }

  destroy(): void {
    this.chart.destroy();
  }

  private drawOver(chart: Chart): void {
    if (!this.shown) return;
    const { plot, theme } = this.shown;
    chart.ctx.save();
    chart.ctx.font = `${theme.fontSize - 1}px ${theme.fontFamily}`;
    drawAbove(chart, plot.above ?? [], theme);
    drawWhiskers(chart, plot.whiskers ?? [], theme);
    drawMarks(chart, this.over.marks, theme);
    const place = plot.places[this.over.cursor];
    if (place) drawCursor(chart, place, theme);
    chart.ctx.restore();
  }
}

function sameFrame(a: Plot, b: Plot): boolean {
  return sameAxis(a.x, b.x) && sameAxis(a.y, b.y) && sameAxis(a.right, b.right);
}

function sameAxis(a: Axis | undefined, b: Axis | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.title === b.title &&
    a.min === b.min &&
    a.max === b.max &&
    a.isLog === b.isLog &&
    a.tick === b.tick &&
    a.ticks === b.ticks
  );
}

function optionsOf(plot: Plot, theme: Theme): ChartOptions {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  const several = plot.datasets(theme).length > 1;
  return {
    layout: { padding: { top: theme.fontSize + 8, right: 10 } },
    scales: {
      x: { ...scaleOf(plot.x, theme), position: "bottom" },
      y: { ...scaleOf(plot.y, theme), position: "left" },
      ...(plot.right
        ? {
            right: {
              ...scaleOf(plot.right, theme),
              position: "right" as const,
              grid: { display: false },
            },
          }
        : {}),
    },
    plugins: {
      legend: {
        display: several,
        position: "bottom",
        align: "start",
        onClick: () => undefined, // nothing here is hidden one by one
        labels: {
          color: theme.foreground,
          font,
          usePointStyle: true,
          pointStyleWidth: 26,
          generateLabels,
        },
      },
    },
  };
}

/** Chart.js leaves the dashes of a line out of its legend. */
function generateLabels(chart: Chart): LegendItem[] {
  return Chart.defaults.plugins.legend.labels.generateLabels(chart).map(item => {
    const { borderDash } = chart.data.datasets[item.datasetIndex ?? 0] as { borderDash?: number[] };
    return { ...item, lineDash: borderDash ?? [] };
  });
}

function scaleOf(axis: Axis, theme: Theme) {
  const { min, max, ticks, tick } = axis;
  const font = { family: theme.fontFamily, size: theme.fontSize };
  return {
    type: axis.isLog ? ("logarithmic" as const) : ("linear" as const),
    min,
    max,
    title: { display: true, text: axis.title, color: theme.muted, font },
    offset: false, // bars would otherwise push the ends of the axis outwards
    grid: { color: theme.grid, drawTicks: false, offset: false },
    border: { color: theme.muted },
    ticks: {
      color: theme.muted,
      font,
      padding: 6,
      maxRotation: 0,
      ...(ticks ? {} : { maxTicksLimit: 7 }),
      ...(tick ? { callback: (value: string | number) => tick(Number(value)) } : {}),
    },
    ...(ticks
      ? {
          afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
            scale.ticks = ticks.map(value => ({ value }));
          },
        }
      : {}),
  } satisfies Partial<ScaleOptionsByType<"linear" | "logarithmic">> | object;
}
