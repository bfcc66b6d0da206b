import type { Chart } from "chart.js";
import type { Theme } from "../theme";
import { stroke, type Mark, type Place, type Whisker } from "./plot";

/** Intervals as I-shaped lines. */
export function drawWhiskers(chart: Chart, whiskers: readonly Whisker[], theme: Theme): void {
  const { ctx: pen, scales } = chart;
  pen.strokeStyle = theme.foreground;
  pen.lineWidth = 1.25;
  pen.setLineDash([]);
  for (const { x, low, high } of whiskers) {
    const at = scales.x.getPixelForValue(x);
    const [bottom, top] = [scales.y.getPixelForValue(low), scales.y.getPixelForValue(high)];
    pen.beginPath();
    pen.moveTo(at, bottom);
    pen.lineTo(at, top);
    for (const end of [bottom, top]) {
      pen.moveTo(at - 4, end);
      pen.lineTo(at + 4, end);
    }
    pen.stroke();
  }
}

/** Upright lines with their texts above, which step aside where two lines are close. */
export function drawMarks(chart: Chart, marks: readonly Mark[], theme: Theme): void {
  const { ctx: pen, chartArea, scales } = chart;
  pen.lineWidth = 1.5;
  pen.textBaseline = "bottom";
  pen.fillStyle = theme.foreground;
  const placed = marks
    .filter(({ x }) => x >= scales.x.min && x <= scales.x.max)
    .sort((a, b) => a.x - b.x)
    .map(mark => ({
      ...mark,
      at: scales.x.getPixelForValue(mark.x),
      half: pen.measureText(mark.text).width / 2,
    }));
  placed.forEach(({ at, half, text, series }, i) => {
    const { color, dash } = stroke(theme, series);
    pen.strokeStyle = color;
    pen.setLineDash(dash);
    pen.beginPath();
    pen.moveTo(at, chartArea.bottom);
    pen.lineTo(at, chartArea.top);
    pen.stroke();
    const meets = (other?: { at: number; half: number }) =>
      other && Math.abs(other.at - at) < half + other.half + 8;
    const aside = meets(placed[i + 1]) ? -half - 4 : meets(placed[i - 1]) ? half + 4 : 0;
    const left = at + aside - half;
    pen.fillText(text, Math.max(0, Math.min(left, chart.width - 2 * half)), chartArea.top - 4);
  });
}

/** Short texts over the picture. */
export function drawAbove(
  chart: Chart,
  texts: readonly { readonly x: number; readonly text: string }[],
  theme: Theme,
): void {
  const { ctx: pen, chartArea, scales } = chart;
  pen.fillStyle = theme.muted;
  pen.textBaseline = "bottom";
  let free = -Infinity;
  for (const { x, text } of texts) {
    const { width } = pen.measureText(text);
    const left = scales.x.getPixelForValue(x) - width / 2;
    if (left < free) continue;
    pen.fillText(text, left, chartArea.top - 4);
    free = left + width + 4;
  }
}

/** Where the cursor is. */
export function drawCursor(chart: Chart, { x, y }: Place, theme: Theme): void {
  const { ctx: pen, chartArea, scales } = chart;
  const at = scales.x.getPixelForValue(x);
  pen.strokeStyle = theme.foreground;
  pen.lineWidth = 1;
  pen.setLineDash([]);
  pen.beginPath();
  if (y === undefined) {
    pen.moveTo(at, chartArea.bottom);
    pen.lineTo(at, chartArea.top);
  } else {
    pen.arc(at, scales.y.getPixelForValue(y), 7, 0, 2 * Math.PI);
  }
  pen.stroke();
}
