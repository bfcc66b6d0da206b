import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeBeta, nodeCount, nodePosition, nodeStep } from "../../../src/core/profile/grid";
import { hermiteWeights, windowAt } from "../../../src/core/profile/hermite";
import { expectClose } from "../support";

describe("the grid", () => {
  it("has nodes at T = ½, 1 and 2, two an octave", () => {
    expect([2, 1, 0.5].map(nodePosition)).toEqual([13, 11, 9]);
    for (let j = 0; j < nodeCount; j++) expectClose(nodePosition(nodeBeta(j)), j, 1e-7);
    expectClose(Math.log(nodeBeta(1) / nodeBeta(0)), nodeStep, 1e-7);
  });

  it("has a float32 for each β in units of log2 e, and doubles from node to node after next", () => {
    for (let j = 0; j < nodeCount; j++) {
      const scale = nodeBeta(j) * Math.LOG2E;
      expectClose(scale, Math.fround(scale), 1e-15);
      if (j >= 2) expect(nodeBeta(j)).toBe(2 * nodeBeta(j - 2));
    }
  });

  it.each([2, 1000, 151_936])("surrounds every β it is read at for %i classes", classes => {
    for (let beta = 1 / 20; beta <= 40; beta *= 1.01) {
      const { firstPlane, weights } = windowAt(classes, beta).value;
      expect(firstPlane).toBeGreaterThanOrEqual(0);
      expect(firstPlane + weights.length).toBeLessThanOrEqual(3 * nodeCount);
      expect(nodePosition(beta)).toBeGreaterThanOrEqual(firstPlane / 3 + 1);
      expect(nodePosition(beta)).toBeLessThan((firstPlane + weights.length) / 3 - 1);
    }
  });
});

const nodesOf = (count: number) => [...Array(count).keys()];

describe("the weights", () => {
  it.each([4, 6])("read a node itself exactly (of %i)", count => {
    for (let node = 0; node < count; node++) {
      const { value, slope, curvature } = hermiteWeights(nodesOf(count), node);
      const moments = [0.75, 0.5, 0.25];
      const planes = Float64Array.from(value, (_, p) => (p < 3 * node ? 7 : moments[p % 3]));
      const read = (weights: Float64Array) => weights.reduce((sum, w, p) => sum + w * planes[p], 0);
      expect(read(value)).toBe(0.75);
      expectClose(read(slope), -0.5, 1e-12);
      expectClose(read(curvature), 0.25 - 0.5, 1e-11);
    }
  });

  it.each([4, 6])("reproduce polynomials of degree 3·%i − 1 and their derivatives", count => {
    const coefficients = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: 3 * count,
      maxLength: 3 * count,
    });
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    const shift = fc.double({ min: -0.05, max: 0.05, noNaN: true });
    fc.assert(
      fc.property(coefficients, place, shift, (c, t, moved) => {
        const nodes = nodesOf(count).map(j => j + (j % 2) * moved);
        // In x from −1 to 1 over the window, so that no power dwarfs the others.
        const half = (count - 1) / 2;
        const scale = 1 / (half * nodeStep);
        const at = (position: number) => {
          const x = position / half - 1;
          const value = c.reduce((sum, a, n) => sum + a * x ** n, 0);
          const slope = c.reduce((sum, a, n) => sum + (n ? n * a * x ** (n - 1) : 0), 0);
          const curvature = c.reduce(
            (sum, a, n) => sum + (n > 1 ? n * (n - 1) * a * x ** (n - 2) : 0),
            0,
          );
          return [value, slope * scale, curvature * scale * scale];
        };
        // The moments that a function with these derivatives by s would have.
        const moments = nodes.flatMap(node => {
          const [value, slope, curvature] = at(node);
          return [value, -slope, curvature - slope];
        });
        const position = half - 0.5 + t;
        const { value, slope, curvature } = hermiteWeights(nodes, position);
        const expected = at(position);
        [value, slope, curvature].forEach((weights, order) => {
          const actual = weights.reduce((sum, w, p) => sum + w * moments[p], 0);
          expectClose(actual, expected[order], 1e-9);
        });
      }),
    );
  });
});
