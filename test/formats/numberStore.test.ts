import { describe, expect, it } from "vitest";
import { NumberArray } from "../../src/formats/json/numberArray";
import { NumberStore } from "../../src/formats/json/numberStore";

/** 200,000 numbers, over three segments, every seventh null. */
const count = 200_000;
const expected = Array.from({ length: count }, (_, i) => (i % 7 === 3 ? null : i % 1000));

function filled(): NumberStore {
  const store = new NumberStore();
  for (const number of expected) {
    if (number === null) store.pushNull();
    else store.push(number);
  }
  return store;
}

describe("the store of numbers", () => {
  it("gives back what was put in, across its segments", () => {
    const array = new NumberArray(filled(), 0, [count]);
    expect(array.entries()).toEqual(expected);
    const out = new Float64Array(70_001).fill(1);
    const nulls = array.copy(65_000, 70_000, -5, out, 1);
    const part = expected.slice(65_000, 135_000);
    expect([...out]).toEqual([1, ...part.map(number => number ?? -5)]);
    expect(nulls).toBe(part.filter(number => number === null).length);
  });

  it("counts nulls and a value", () => {
    const array = new NumberArray(filled(), 10, [150_000]);
    const found = expected.slice(10, 150_010).filter(number => number === null || number === 5);
    expect(array.countNullsAnd(5)).toBe(found.length);
  });

  it("forgets what is taken off, nulls too", () => {
    const store = filled();
    store.truncate(65_000);
    for (let i = 0; i < 1000; i++) store.push(i);
    const array = new NumberArray(store, 65_000, [1000]);
    expect(array.entries()).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  it("goes through plain data, behind what another holds", () => {
    const store = new NumberStore();
    store.push(1);
    store.append(filled().toRun());
    expect(new NumberArray(store, 0, [count + 1]).entries()).toEqual([1, ...expected]);
  });
});
