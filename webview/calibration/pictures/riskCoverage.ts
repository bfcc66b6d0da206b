import type { FullMetrics } from "../../../src/core";
import { lineOf } from "../../charts/plot";
import { figure, percent, temperatureText } from "../../format";
import { roundAbove, unitTick, unitTicks, type Picture } from "./picture";

/** Points of the curve that are drawn and tabled; more can't be told apart. */
const shown = 100;

/** What is lost by answering only the surest rows. */
export function riskPicture(
  temperature: number,
  { riskCoverage }: FullMetrics,
  atOne: FullMetrics | null,
): Picture {
  const T = temperatureText(temperature);
  const points = curve(riskCoverage.risk);
  const other = temperature === 1 || !atOne ? null : curve(atOne.riskCoverage.risk);
  const largest = Math.max(0, ...[...points, ...(other ?? [])].map(({ y }) => y));
  return {
    heading: `Risk by coverage at T = ${T}`,
    slug: `risk-coverage-T${T}`,
    plot: {
      label: `Risk–coverage curve at T = ${T}: AURC ${figure(riskCoverage.aurc)}.`,
      x: { title: "Coverage", min: 0, max: 1, ticks: unitTicks, tick: unitTick },
      y: { title: "Risk", min: 0, max: roundAbove(largest) },
      datasets: theme => [
        lineOf(theme, 0, `T = ${T}`, points),
        ...(other ? [lineOf(theme, 1, "T = 1", other)] : []),
      ],
      places: points.map(({ x, y }) => ({
        x,
        text: `Of the surest ${percent(x)}, ${percent(y)} are wrong.`,
      })),
    },
    table: {
      caption: "Risk by coverage",
      columns: ["Coverage", "Risk"],
      rows: points.map(({ x, y }) => [x, y]),
    },
  };
}

/** At most so many points of a curve, the last one among them. */
export function curve(risk: Float64Array): { x: number; y: number }[] {
  const count = Math.min(shown, risk.length);
  return Array.from({ length: count }, (_, i) => {
    const covered = Math.round(((i + 1) / count) * risk.length);
    return { x: covered / risk.length, y: risk[covered - 1] };
  });
}
