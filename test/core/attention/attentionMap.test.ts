import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logPartitions, rowScores, rowStates, softmax } from "../../../src/core";
import { expectRowClose, tiedAndMasked } from "../support";
import { mapOf } from "./maps";

const _ = -Infinity;
const stateOf = (map: { state: Uint8Array }) => [...map.state].map(code => rowStates[code]);

describe("an attention map", () => {
  it("holds gaps to the largest score of each query", () => {
    const map = mapOf([[1, 3, _]]);
    expect([...map.gap]).toEqual([2, 0, Infinity]);
    expect([...map.max]).toEqual([3]);
  });

  it("leaves out queries that are masked throughout, or hold NaN or +∞", () => {
    const map = mapOf([
      [_, _],
      [NaN, 1],
      [Infinity, 1],
      [0, 1],
    ]);
    expect(stateOf(map)).toEqual(["allMasked", "hasNaN", "hasPosInf", "usable"]);
    expect([...map.gap.subarray(0, 6)]).toEqual([NaN, NaN, NaN, NaN, NaN, NaN]);
    expect([...logPartitions(map, 1).subarray(0, 3)]).toEqual([NaN, NaN, NaN]);
  });

  it("masks what is at or below the mask", () => {
    const map = mapOf([[1, -1e9, -9.9e8]], { maskBelow: -9.8e8 });
    expect([...map.gap]).toEqual([0, Infinity, Infinity]);
  });

  it("takes the logarithm of probabilities, and padding rows of zeros for masked", () => {
    const map = mapOf(
      [
        [0.25, 0.75, 0],
        [0, 0, 0],
      ],
      { kind: "probabilities" },
    );
    expectRowClose(softmax(rowScores(map, 0), 1), [0.25, 0.75, 0], 1e-7);
    expect(stateOf(map)[1]).toBe("allMasked");
  });

  it("reads a turned map by its columns", () => {
    const map = mapOf(
      [
        [1, 2],
        [3, 5],
        [0, 9],
      ],
      { turned: true },
    );
    expect([map.queries, map.keys]).toEqual([2, 3]);
    expect([...map.gap]).toEqual([2, 0, 3, 7, 4, 0]);
  });

  it("scales raw scores by 1/√d, and nothing else", () => {
    expect([...mapOf([[4, 0]], { scaleBy: 64 }).gap]).toEqual([0, 0.5]);
    const logs = mapOf([[-1, 0]], { scaleBy: 64, kind: "log-probabilities" });
    expect([...logs.gap]).toEqual([1, 0]);
  });

  it("masks the keys to come where it is asked to", () => {
    const flat = (queries: number, keys: number) =>
      mapOf(
        Array.from({ length: queries }, () => new Array<number>(keys).fill(0)),
        { causal: true },
      );
    const seen = (map: { keys: number; gap: Float32Array }, i: number) =>
      [...map.gap.subarray(i * map.keys, (i + 1) * map.keys)].filter(g => g === 0).length;
    expect([0, 1, 2].map(i => seen(flat(3, 3), i))).toEqual([1, 2, 3]);
    expect([0, 1].map(i => seen(flat(2, 5), i))).toEqual([4, 5]);
    expect(stateOf(flat(3, 2))).toEqual(["allMasked", "usable", "usable"]);
  });

  it("has one key that takes all", () => {
    expect([...softmax(rowScores(mapOf([[0.3]]), 0), 0.05)]).toEqual([1]);
  });

  it("gives the softmax of the scores themselves, at every temperature", () => {
    const T = fc.constantFrom(0, 0.05, 0.7, 1, 20, Infinity);
    fc.assert(
      fc.property(tiedAndMasked, T, (row, t) => {
        expectRowClose(softmax(rowScores(mapOf([row]), 0), t), softmax(row, t), 1e-6);
      }),
    );
  });
});
