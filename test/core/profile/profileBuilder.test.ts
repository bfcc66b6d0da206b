import { describe, expect, it } from "vitest";
import { ProfileBuilder, rowStates } from "../../../src/core";
import { nodeBeta } from "../../../src/core/profile/grid";
import { adversarial, profileOf } from "./support";

describe("building a profile", () => {
  it("keeps three moments on each node, plane by plane", () => {
    const block = Float64Array.of(0, -1, -3, 2, 2, 1.5);
    const profile = profileOf({ classes: 3, block, labels: Int32Array.of(1, 0) });
    expect(profile.planes.length).toBe(24 * 3 * 2);
    const gaps = [
      [0, 1, 3],
      [0, 0, 0.5],
    ];
    for (let node = 0; node < 24; node++) {
      const beta = nodeBeta(node);
      for (let moment = 0; moment < 3; moment++) {
        gaps.forEach((row, r) => {
          const terms = row.map(gap => (beta * gap) ** moment * Math.exp(-beta * gap));
          const expected = terms[0] + terms[1] + terms[2];
          const actual = profile.planes[(3 * node + moment) * 2 + r];
          expect(Math.abs(actual - expected)).toBeLessThanOrEqual(6e-8 * expected + 1e-15);
        });
      }
    }
  });

  it("keeps what else there is to know of a row", () => {
    const block = Float64Array.of(1, 3, 3, -Infinity, 0, -Infinity, 4, 4, 1, 2, 3, 5);
    const profile = profileOf({ classes: 4, block, labels: Int32Array.of(2, 1, -1) });
    expect(profile).toMatchObject({ rows: 3, classes: 4 });
    expect([...profile.max]).toEqual([3, 4, 5]);
    expect([...profile.argMax]).toEqual([1, 2, 3]);
    expect([...profile.ties]).toEqual([2, 2, 1]);
    expect([...profile.unmasked]).toEqual([3, 3, 4]);
    expect([...profile.label]).toEqual([2, 1, -1]);
    expect([...profile.labelGap]).toEqual([0, Infinity, NaN]);
    expect([...profile.labelRank]).toEqual([1, 3, -1]);
    expect(profile.meanGap[2]).toBe(9 / 4);
    expect(profile.gapVariance[2]).toBe((16 + 9 + 4) / 4 - (9 / 4) ** 2);
  });

  it("leaves out rows that have no distribution", () => {
    const block = Float64Array.of(1, NaN, 1, Infinity, -Infinity, -Infinity, 1, 2);
    const profile = profileOf({ classes: 2, block, labels: Int32Array.of(0, 0, 0, 0) });
    const states = Array.from(profile.state, code => rowStates[code]);
    expect(states).toEqual(["hasNaN", "hasPosInf", "allMasked", "usable"]);
    expect([...profile.label]).toEqual([-1, -1, -1, 0]);
    expect([...profile.argMax]).toEqual([-1, -1, -1, 1]);
    for (let plane = 0; plane < 72; plane++) {
      const rows = profile.planes.subarray(4 * plane, 4 * plane + 4);
      expect(Array.from(rows, Number.isNaN)).toEqual([true, true, true, false]);
    }
  });

  it("is the same by blocks in any order, of either precision", () => {
    const data = adversarial(3, 5);
    const block = Float32Array.from(data.block);
    const rows = data.labels.length;
    const whole = profileOf({ ...data, block: Float64Array.from(block) });
    const builder = new ProfileBuilder(rows, 5);
    for (const [from, to] of [
      [17, rows],
      [0, 1],
      [1, 17],
    ]) {
      builder.add(block.subarray(5 * from, 5 * to), data.labels.subarray(from, to), from);
    }
    expect(builder.finish()).toEqual(whole);
  });

  it("leaves its block alone and needs no labels", () => {
    const block = Float64Array.of(1, 2, -Infinity, 3);
    const before = block.slice();
    const builder = new ProfileBuilder(2, 2);
    builder.add(block, null, 0);
    expect([...builder.finish().label]).toEqual([-1, -1]);
    expect(block).toEqual(before);
  });

  it("can be posted between threads", () => {
    const profile = profileOf(adversarial(1, 3));
    expect(structuredClone(profile)).toEqual(profile);
  });

  it("refuses what does not fit", () => {
    const builder = new ProfileBuilder(2, 2);
    expect(() => builder.add(new Float64Array(3), null, 0)).toThrow("not whole rows of 2");
    expect(() => builder.add(new Float64Array(4), null, 1)).toThrow("Rows up to 3 do not fit");
    expect(() => builder.add(new Float64Array(4), [0], 0)).toThrow("too few");
    expect(() => builder.add(new Float64Array(4), [0, 2], 0)).toThrow("label 2");
    builder.add(new Float64Array(2), [0], 0);
    expect(() => builder.finish()).toThrow("1 of 2 rows");
  });
});
