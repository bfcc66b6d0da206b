import type { FullMetrics, RiskCoverage } from "../../../src/core";
import { lineOf } from "../../charts/plot";
import { figure, percent, temperatureText } from "../../format";
import { roundAbove, unitTick, unitTicks, type Picture } from "./picture";

/** What is lost by answering only the surest rows. */
export function riskPicture(
  temperature: number,
  { riskCoverage }: FullMetrics,
  atOne: FullMetrics | null,
): Picture {
  const T = temperatureText(temperature);
  const points = pointsOf(riskCoverage);
  const other = temperature === 1 || !atOne ? null : pointsOf(atOne.riskCoverage);
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

function pointsOf({ curve }: RiskCoverage): { x: number; y: number }[] {
  return curve.map(({ coverage, risk }) => ({ x: coverage, y: risk }));
}
