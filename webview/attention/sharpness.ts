import { curveNumbers, curvePoints, curveTemperatures, headMeasureNames } from "../../src/core";
import type { AttentionCurves, AttentionKeys, AttentionPlace } from "../../src/protocol/attention";
import { roundAbove, type Picture } from "../calibration/pictures/picture";
import { lineOf, type PlotDataset } from "../charts/plot";
import { count, figure, temperatureText } from "../format";
import type { Theme } from "../theme";

const ticks = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];

/** One curve of mean entropy. */
interface Line {
  readonly name: string;
  readonly values: Float64Array;
}

/**
 * How a head goes from spotlight to fog: mean entropy by temperature of the head, of its layer and
 * of all heads, and how many keys hold most of the mass.
 * @param heads how many there are in a layer
 * @param other a second head to compare with, or null
 */
export function sharpnessPicture(
  { curves, every }: AttentionCurves,
  keys: AttentionKeys | null,
  heads: number,
  place: AttentionPlace,
  other: AttentionPlace | null,
): Picture {
  const at = ({ layer, head }: AttentionPlace) => layer * heads + head;
  const all = Array.from({ length: curves.length / curveNumbers }, (_, i) => i);
  const own = all.filter(i => Math.floor(i / heads) === place.layer);
  const mean = (of: readonly number[]) => meanOf(of.map(i => entropyOf(curves, i)));
  const nameOf = ({ layer, head }: AttentionPlace) => `Layer ${layer}, head ${head}`;
  const lines: Line[] = [
    { name: nameOf(place), values: entropyOf(curves, at(place)) },
    ...(other ? [{ name: nameOf(other), values: entropyOf(curves, at(other)) }] : []),
    ...(heads > 1 ? [{ name: `Layer ${place.layer}`, values: mean(own) }] : []),
    ...(all.length > heads ? [{ name: "All heads", values: mean(all) }] : []),
  ];
  const top = Math.max(0, ...lines.flatMap(({ values }) => [...values].filter(Number.isFinite)));
  const some = every === 1 ? "" : ` of one query in ${every}`;
  const held = keys
    ? ` Keys that hold ${keys.share * 100} % of the mass, mean over ${count(keys.queries)} queries: dashed, at the right.`
    : "";
  return {
    heading: "Sharpness by temperature",
    slug: "sharpness",
    note: `Mean entropy${some}, from the row profile, within 2e-5.${held}`,
    plot: {
      label: `Mean entropy from T = 0.05 to 20 of ${lines.map(({ name }) => name).join(", ")}.`,
      x: { title: "T", min: 0.05, max: 20, isLog: true, ticks, tick: temperatureText },
      y: { title: "Entropy (nats)", min: 0, max: roundAbove(top) },
      ...(keys && {
        right: {
          title: `Keys holding ${keys.share * 100} %`,
          min: 0,
          max: roundAbove(Math.max(...keys.keys)),
        },
      }),
      datasets: theme => datasetsOf(theme, lines, keys),
      places: stops.map(i => ({ x: curveTemperatures[i], text: sentenceAt(i, lines, keys) })),
    },
    table: {
      caption: "Sharpness",
      columns: ["T", ...lines.map(({ name }) => name), ...(keys ? ["Keys holding 90 %"] : [])],
      rows: stops.map((i, k) => [
        curveTemperatures[i],
        ...lines.map(({ values }) => values[i]),
        ...(keys ? [keys.keys[k]] : []),
      ]),
    },
  };
}

/** Few enough points for a keyboard to walk along, at which keys are counted too. */
const stops = Array.from({ length: curvePoints }, (_, i) => i).filter(i => i % 4 === 0);

function entropyOf(curves: Float64Array, head: number): Float64Array {
  const from = head * curveNumbers + headMeasureNames.indexOf("entropy") * curvePoints;
  return curves.subarray(from, from + curvePoints);
}

/** Point by point, over the curves that have a number there. */
function meanOf(curves: readonly Float64Array[]): Float64Array {
  return Float64Array.from({ length: curvePoints }, (_, i) => {
    const values = curves.map(curve => curve[i]).filter(v => !Number.isNaN(v));
    return values.reduce((sum, v) => sum + v, 0) / values.length;
  });
}

function datasetsOf(theme: Theme, lines: readonly Line[], keys: AttentionKeys | null) {
  const sets: PlotDataset[] = lines.map(({ name, values }, i) =>
    lineOf(
      theme,
      i,
      name,
      [...values].map((y, point) => ({ x: curveTemperatures[point], y })),
    ),
  );
  if (keys) {
    const points = [...keys.keys].map((y, i) => ({ x: keys.temperatures[i], y }));
    sets.push({
      ...lineOf(theme, lines.length, "Keys (right)", points),
      borderColor: theme.muted,
      borderDash: [3, 3],
      yAxisID: "right",
    });
  }
  return sets;
}

function sentenceAt(i: number, lines: readonly Line[], keys: AttentionKeys | null): string {
  const T = Number(curveTemperatures[i].toPrecision(3));
  const entropies = lines.map(({ name, values }) => `${name} ${figure(values[i])}`).join(", ");
  const held = keys
    ? `; ${figure(keys.keys[stops.indexOf(i)])} keys hold ${keys.share * 100} %`
    : "";
  return `T = ${T}: entropy ${entropies}${held}.`;
}
