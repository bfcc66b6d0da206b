import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  curveNumbers,
  curvesAt,
  headCurves,
  headMeasureNames,
  measureHead,
  ProfileBuilder,
  type AttentionMap,
} from "../../../src/core";
import { expectClose, temperature } from "../support";
import { causalScores, mapOf } from "./maps";

/** By the plain profile of the map's rows. */
function curvesOf(map: AttentionMap): Float64Array {
  const builder = new ProfileBuilder(map.queries, map.keys);
  builder.add(
    map.gap.map(g => -g),
    null,
    0,
  );
  const curves = new Float64Array(curveNumbers);
  headCurves(map, builder.finish(), row => row, curves);
  return curves;
}

function expectMeasures(map: AttentionMap, T: number): void {
  const found = curvesAt(curvesOf(map), T);
  const exact = measureHead(map, T);
  headMeasureNames.forEach((name, m) => expectClose(found[m], exact[name], 2e-5));
}

describe("the measures of a head over all temperatures", () => {
  it.each([0.05, 0.051, 0.3, 1, 2.7, 19.9, 20])("are at T = %d those of a pass", T => {
    expectMeasures(mapOf(causalScores), T);
  });

  it("are so for maps of all kinds, far distances and large gaps", () => {
    const row = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), {
      minLength: 60,
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 3 }), temperature, (rows, T) => {
        expectMeasures(mapOf(rows), T);
      }),
      { numRuns: 30 },
    );
  });

  it("leave out queries without a distribution, and are NaN where none has one", () => {
    const map = mapOf([
      [NaN, 1],
      [1, 1],
    ]);
    expectClose(curvesAt(curvesOf(map), 1)[headMeasureNames.indexOf("effectiveKeys")], 2, 1e-6);
    expect(curvesAt(curvesOf(mapOf([[NaN]])), 1)[0]).toBeNaN();
  });
});
