import { lineOf } from "../../charts/plot";
import { count, percent, temperatureText } from "../../format";
import type { Reading } from "../desk";
import { roundAbove, unitTick, unitTicks, type Picture } from "./picture";
import { bars, binText, middle, outline } from "./reliability";

/** How sure the model is: the part of rows in each bin, with the two means that should agree. */
export function histogramPicture(
  { temperature, metrics }: Reading,
  atOne: Reading | null,
): Picture {
  const { bins, convention, used, confidence, accuracy } = metrics;
  const T = temperatureText(temperature);
  const share = (bin: { count: number }) => bin.count / Math.max(1, used);
  const other = temperature === 1 ? null : (atOne?.metrics ?? null);
  const largest = Math.max(...[...bins, ...(other?.bins ?? [])].map(share));
  return {
    heading: `Confidence at T = ${T}`,
    slug: `confidence-T${T}`,
    plot: {
      label:
        `Histogram of confidence at T = ${T}: mean ${percent(confidence)}, ` +
        `while the accuracy is ${percent(accuracy)}.`,
      x: { title: "Confidence", min: 0, max: 1, ticks: unitTicks, tick: unitTick },
      y: { title: "Part of rows", min: 0, max: roundAbove(largest), tick: unitTick },
      datasets: theme => [
        ...(other ? [lineOf(theme, 1, "T = 1", outline(other.bins, share))] : []),
        bars(theme, `T = ${T}`, bins, share),
      ],
      places: bins.map(bin => ({
        x: middle(bin),
        text: `Bin ${binText(bin, convention)}: ${count(bin.count)} rows, ${percent(share(bin))}.`,
      })),
    },
    marks: [
      { x: confidence, text: "mean", series: 2 },
      { x: accuracy, text: "accuracy", series: 3 },
    ],
    table: {
      caption: "Confidence histogram",
      columns: ["Bin", "Count", "Part of rows"],
      rows: bins.map(bin => [binText(bin, convention), bin.count, share(bin)]),
    },
  };
}
