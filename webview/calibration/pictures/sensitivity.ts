import { sensitivityRange, type FullMetrics } from "../../../src/core";
import { lineOf } from "../../charts/plot";
import { figure, temperatureText } from "../../format";
import { roundAbove, type Picture } from "./picture";

/** How much the ECE owes to the number of bins that it is counted in. */
export function sensitivityPicture(
  temperature: number,
  metrics: FullMetrics,
  atOne: FullMetrics | null,
): Picture {
  const { from, to } = sensitivityRange;
  const { eceByBins, bins } = metrics;
  const T = temperatureText(temperature);
  const other = temperature === 1 ? null : (atOne?.eceByBins ?? null);
  const points = (eces: Float64Array) => Array.from(eces, (y, i) => ({ x: from + i, y }));
  const ends = [Math.min(...eceByBins), Math.max(...eceByBins)].map(figure);
  return {
    heading: `ECE by number of bins at T = ${T}`,
    slug: `sensitivity-T${T}`,
    plot: {
      label: `ECE for ${from} to ${to} bins at T = ${T}: from ${ends[0]} to ${ends[1]}.`,
      x: { title: "Bins (M)", min: from, max: to },
      y: { title: "ECE", min: 0, max: roundAbove(Math.max(...eceByBins, ...(other ?? []))) },
      datasets: theme => [
        lineOf(theme, 0, `T = ${T}`, points(eceByBins)),
        ...(other ? [lineOf(theme, 1, "T = 1", points(other))] : []),
      ],
      places: Array.from(eceByBins, (ece, i) => ({
        x: from + i,
        text: `${from + i} bins: ECE ${figure(ece)}.`,
      })),
    },
    marks: [{ x: bins.length, text: `M = ${bins.length}`, series: 2 }],
    table: {
      caption: "ECE by number of bins",
      columns: ["Bins", "ECE"],
      rows: Array.from(eceByBins, (ece, i) => [from + i, ece]),
    },
  };
}
