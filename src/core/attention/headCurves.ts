import { createRowMeasures } from "../calibration/rowMeasures";
import { lagrangeWeights } from "../lagrange";
import { evaluateRows } from "../profile/evaluateRows";
import { planeCount } from "../profile/grid";
import { windowAt } from "../profile/hermite";
import type { RowProfile } from "../profile/rowProfile";
import { positionToTemperature, temperatureToPosition } from "../temperatureScale";
import type { AttentionMap } from "./attentionMap";
import { distanceMoments } from "./distanceMoments";
import { createQueryMeasures, headMeasureNames, QueryMeans } from "./headMeasures";

/** Points of a curve; odd, so that T = 1 is one of them. */
export const curvePoints = 129;

/** The temperatures of the points, evenly laid over the slider. */
export const curveTemperatures: readonly number[] = Array.from({ length: curvePoints }, (_, i) =>
  positionToTemperature(i / (curvePoints - 1)),
);

/** Numbers of one head: those of each measure follow each other, point by point. */
export const curveNumbers = headMeasureNames.length * curvePoints;

/**
 * The measures of a head at all temperatures of the slider, from the row profile of its queries:
 * within 1e-5 of what `measureHead` finds, and of each key's distance likewise.
 * @param profile of the map's rows, or of some of them
 * @param queryOf the query that a row of the profile is
 * @param out where the `curveNumbers` go
 */
export function headCurves(
  map: AttentionMap,
  profile: RowProfile,
  queryOf: (row: number) => number,
  out: Float64Array,
): void {
  const { rows } = profile;
  const distances = distanceRows(map, rows, queryOf);
  const measures = createRowMeasures(rows);
  const query = createQueryMeasures();
  curveTemperatures.forEach((T, point) => {
    evaluateRows(profile, T, measures);
    const { firstPlane, weights } = windowAt(map.keys, 1 / T).value;
    const means = new QueryMeans();
    for (let r = 0; r < rows; r++) {
      const i = queryOf(r);
      if (map.state[i] !== 0) continue;
      const confidence = measures.confidence[r];
      let far = 0;
      const at = r * planeCount + firstPlane;
      for (let p = 0; p < weights.length; p++) far += weights[p] * distances[at + p];
      query.entropy = measures.entropy[r];
      query.effectiveKeys = Math.exp(query.entropy);
      query.sink = massOf(map, i, 0, T, confidence);
      query.diagonal = massOf(map, i, i, T, confidence);
      query.previous = massOf(map, i, i - 1, T, confidence);
      query.distance = Math.max(0, far) * confidence;
      means.add(query);
    }
    const found = means.result();
    headMeasureNames.forEach((name, m) => (out[m * curvePoints + point] = found[name]));
  });
}

/** The distance moments of each row, one row after another. */
function distanceRows(
  map: AttentionMap,
  rows: number,
  queryOf: (row: number) => number,
): Float64Array {
  const moments = new Float64Array(rows * planeCount);
  for (let r = 0; r < rows; r++) {
    const query = queryOf(r);
    if (map.state[query] !== 0) continue;
    distanceMoments(map, query, moments.subarray(r * planeCount, (r + 1) * planeCount));
  }
  return moments;
}

function massOf({ keys, gap }: AttentionMap, query: number, key: number, T: number, top: number) {
  return key >= 0 && key < keys ? Math.exp(-gap[query * keys + key] / T) * top : NaN;
}

/** Points that a number between them is read from. */
const stencil = 6;

/**
 * The measures of all heads at a temperature of the slider, read between the points by the
 * polynomial through the six around it.
 * @param curves `curveNumbers` of each head
 * @returns `headMeasureNames` of each head
 */
export function curvesAt(curves: Float64Array, T: number): Float64Array {
  const position = temperatureToPosition(T) * (curvePoints - 1);
  const first = Math.min(curvePoints - stencil, Math.max(0, Math.floor(position) - 2));
  const weights = lagrangeWeights(stencil, position - first);
  return Float64Array.from({ length: curves.length / curvePoints }, (_, at) =>
    weights.reduce((sum, w, j) => sum + w * curves[at * curvePoints + first + j], 0),
  );
}
