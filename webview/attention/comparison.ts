import { compareMaps, type AttentionMap } from "../../src/core";
import type { AttentionPlace } from "../../src/protocol/attention";
import { count, temperatureText } from "../format";
import type { DataTable } from "../parts/dataTable";
import { measureTexts, type HeadLine } from "./headLines";

/** Cells that are compared at most, spread evenly over the queries, so that a drag stays smooth. */
const comparedCells = 1 << 17;

/** How alike two maps are, as a sentence. */
export function comparisonSentence(a: AttentionMap, b: AttentionMap, temperature: number): string {
  const every = Math.max(1, Math.ceil(a.gap.length / comparedCells));
  const { divergence, sameTop, queries } = compareMaps(a, b, temperature, every);
  if (queries === 0) return "No query has a distribution in both.";
  const some = every === 1 ? "" : ` of one query in ${every}`;
  return (
    `Jensen–Shannon divergence ${divergence.toPrecision(3)} nats at T = ` +
    `${temperatureText(temperature)} (0: the same, 0.693: no key in common); the heaviest key is ` +
    `the same for ${Math.round(sameTop * queries)} of ${count(queries)} queries${some}.`
  );
}

/** The numbers of two heads beside each other. */
export function comparisonTable(
  lines: readonly HeadLine[],
  places: readonly AttentionPlace[],
): DataTable {
  const found = places.map(({ layer, head }) =>
    lines.find(line => line.layer === layer && line.head === head),
  );
  return {
    caption: "Comparison",
    columns: ["Measure", ...places.map(({ layer, head }) => `Layer ${layer}, head ${head}`)],
    rows: measureTexts.map(({ name }, m) => [name, ...found.map(line => line?.values[m] ?? NaN)]),
  };
}
