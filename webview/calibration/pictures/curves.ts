import { lineOf, type Mark, type PlotDataset } from "../../charts/plot";
import { figure, temperatureText } from "../../format";
import type { Theme } from "../../theme";
import type { Curves } from "../curves";
import { sampleText } from "../words";
import { roundAbove, type Picture } from "./picture";

const ticks = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];

/** NLL and ECE over all temperatures of the slider, which need not be lowest at the same one. */
export function curvesPicture(curves: Curves): Picture {
  const { temperatures, nll, ece } = curves;
  const finite = nll.filter(Number.isFinite);
  const least = Math.min(...finite);
  // Beyond a few times its least value the NLL has nothing more to say, and would flatten the rest.
  const top = roundAbove(Math.min(Math.max(...finite), 6 * least));
  const at = temperatures.map((T, i) => ({ T, nll: nll[i], ece: ece[i] }));
  return {
    heading: "NLL and ECE by temperature",
    slug: "curves",
    note: `From the row profile${sampleText(curves.sample)}, within 1e-6.`,
    plot: {
      label:
        `NLL and ECE from T = 0.05 to 20. The NLL is lowest near T = ${lowest(temperatures, nll)}, ` +
        `the ECE near T = ${lowest(temperatures, ece)}.`,
      x: { title: "T", min: 0.05, max: 20, isLog: true, ticks, tick: temperatureText },
      y: { title: "NLL", min: 0, max: top },
      right: { title: "ECE", min: 0, max: roundAbove(Math.max(...ece)) },
      datasets: theme => datasetsOf(theme, at),
      places: stops(at).map(point => ({
        x: point.T,
        text:
          `T = ${Number(point.T.toPrecision(3))}: ` +
          `NLL ${figure(point.nll)}, ECE ${figure(point.ece)}.`,
      })),
    },
    table: {
      caption: "NLL and ECE by temperature",
      columns: ["T", "NLL", "ECE"],
      rows: at.map(point => [point.T, point.nll, point.ece]),
    },
  };
}

/** Few enough points for a keyboard to walk along; both ends and T = 1 are among them. */
function stops<Point>(points: readonly Point[]): Point[] {
  return points.filter((_, i) => i % 4 === 0);
}

function datasetsOf(theme: Theme, at: readonly { T: number; nll: number; ece: number }[]) {
  const right = { xAxisID: "x", yAxisID: "right" };
  const points = (key: "nll" | "ece") =>
    at.map(point => ({ x: point.T, y: Number.isFinite(point[key]) ? point[key] : NaN }));
  return [
    lineOf(theme, 0, "NLL (left)", points("nll")),
    { ...lineOf(theme, 1, "ECE (right)", points("ece")), ...right },
  ] satisfies PlotDataset[];
}

/** The slider's place on the curves, and that of the fit. */
export function curveMarks(present: number, fitted: number): Mark[] {
  const marks = [{ x: present, text: `T = ${temperatureText(present)}`, series: 2 }];
  if (Number.isFinite(fitted)) marks.push({ x: fitted, text: "T*", series: 3 });
  return marks;
}

function lowest(temperatures: readonly number[], values: readonly number[]): string {
  const i = values.reduce((best, v, at) => (v < values[best] ? at : best), 0);
  return String(Number(temperatures[i].toPrecision(2)));
}
