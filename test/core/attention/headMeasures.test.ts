import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  describe as describeRow,
  logPartitions,
  measureHead,
  rowScores,
  softmax,
} from "../../../src/core";
import { expectClose, expectRowClose, logit, temperature } from "../support";
import { causalScores, mapOf } from "./maps";

describe("what is known of a head", () => {
  /** By NumPy in float64. */
  it.each([
    [
      0.7, 0.39955955920349584, 1.612609791840081, 0.5634185008487632, 0.5442437156746159,
      0.31075294348192045, 0.7893905944539309,
    ],
    [
      1, 0.4970302850972672, 1.7866697270636207, 0.5404010809873976, 0.5533852301240835,
      0.3140971192547061, 0.7610621944157941,
    ],
    [
      3, 0.7357591398503809, 2.3222562439981527, 0.5163114162323563, 0.534465441525605,
      0.35175058037999635, 0.7483089402364129,
    ],
  ])("at T = %d is what NumPy finds", (T, ...expected) => {
    const found = measureHead(mapOf(causalScores), T);
    const { entropy, effectiveKeys, sink, diagonal, previous, distance } = found;
    [entropy, effectiveKeys, sink, diagonal, previous, distance].forEach((value, m) =>
      expectClose(value, expected[m], 1e-7),
    );
  });

  it("is hard at T = 0, where ties share, and level over what is not masked at T = ∞", () => {
    const hard = measureHead(
      mapOf([
        [0, 0],
        [3, 1],
      ]),
      0,
    );
    expect(hard).toMatchObject({ effectiveKeys: 1.5, sink: 0.75, previous: 1, distance: 0.75 });
    const level = measureHead(mapOf(causalScores), Infinity);
    expectClose(level.effectiveKeys, (1 + 2 + 3 + 4) / 4);
    expectClose(level.distance, (0 + 0.5 + 1 + 1.5) / 4);
  });

  it("is a mean over the queries that have a distribution", () => {
    const measures = measureHead(
      mapOf([
        [NaN, 1],
        [0, 0],
      ]),
      1,
    );
    expectClose(measures.effectiveKeys, 2);
    expectClose(measures.diagonal, 0.5);
    expect(measureHead(mapOf([[NaN]]), 1).entropy).toBeNaN();
  });

  it("come with ln Z of each query", () => {
    const map = mapOf(causalScores);
    const logZ = new Float64Array(4);
    measureHead(map, 0.7, logZ);
    expectRowClose(logZ, logPartitions(map, 0.7));
  });

  it("of one token is certain", () => {
    expect(measureHead(mapOf([[5]]), 1)).toEqual({
      entropy: 0,
      effectiveKeys: 1,
      sink: 1,
      diagonal: 1,
      previous: NaN, // there is no key before
      distance: 0,
    });
  });

  it("counts only places that there are where queries and keys differ in number", () => {
    const { diagonal, previous } = measureHead(mapOf([[0], [0], [0]]), 1);
    expect([diagonal, previous]).toEqual([1, 1]);
  });

  it("agrees with the distribution of each row", () => {
    const square = fc.array(fc.array(logit, { minLength: 5, maxLength: 5 }), {
      minLength: 5,
      maxLength: 5,
    });
    fc.assert(
      fc.property(square, temperature, (rows, T) => {
        const map = mapOf(rows);
        const gaps = rows.map((_, i) => rowScores(map, i));
        const mean = (of: (row: Float64Array, i: number) => number) =>
          gaps.reduce((sum, row, i) => sum + of(row, i) / gaps.length, 0);
        const found = measureHead(map, T);
        expectClose(
          found.entropy,
          mean(row => describeRow(row, T).entropy),
          1e-9,
        );
        expectClose(
          found.diagonal,
          mean((row, i) => softmax(row, T)[i]),
          1e-9,
        );
      }),
    );
  });

  it("refuses a temperature that is none", () => {
    expect(() => measureHead(mapOf([[0]]), -1)).toThrow(RangeError);
  });
});
