import { momentCount, nodeBeta, nodeCount, nodePosition, nodeStep, windowNodes } from "./grid";

/** A value with its first and second derivative by the position. */
type Jet = readonly [number, number, number];

/** One number of each row as a sum over consecutive planes: Σ weights[p]·plane[firstPlane + p]. */
export interface Reading {
  readonly firstPlane: number;
  readonly weights: Float64Array;
}

/** How to read Z at one β, and its first and second derivative by s = ln β. */
export interface Window {
  readonly value: Reading;
  readonly slope: Reading;
  readonly curvature: Reading;
}

const nodePositions = Array.from({ length: nodeCount }, (_, j) => nodePosition(nodeBeta(j)));

/**
 * The window for β: the nodes around it, or the last ones at the upper end of the grid.
 * @param count how many, of which the number of classes says what metrics need
 */
export function windowAt(classes: number, beta: number, count = windowNodes(classes)): Window {
  const position = nodePosition(beta);
  const first = Math.min(Math.floor(position) - (count / 2 - 1), nodeCount - count);
  const firstPlane = momentCount * first;
  const nodes = nodePositions.slice(first, first + count);
  const { value, slope, curvature } = hermiteWeights(nodes, position);
  return {
    value: { firstPlane, weights: value },
    slope: { firstPlane, weights: slope },
    curvature: { firstPlane, weights: curvature },
  };
}

/** Weights for the moments of each node of a window, [node][moment]. */
export interface HermiteWeights {
  /** For Z. */
  readonly value: Float64Array;
  /** For dZ/ds, s = ln β. */
  readonly slope: Float64Array;
  /** For d²Z/ds². */
  readonly curvature: Float64Array;
}

/**
 * Weights of the polynomial that meets Z, Z′ and Z″ on each node, read at a place between them. With
 * L the Lagrange polynomial of node j, y the distance to it, and a and b the first and second
 * derivative of L there, the polynomials that carry one datum each are L³ times 1 − 3ay +
 * (6a² − 3b/2)y², y − 3ay² and y²/2 (L⁻³ to second order, so that L³ leaves no trace).
 * @param nodes positions, about 1 apart
 */
export function hermiteWeights(nodes: readonly number[], position: number): HermiteWeights {
  const count = nodes.length;
  const value = new Float64Array(momentCount * count);
  const slope = new Float64Array(momentCount * count);
  const curvature = new Float64Array(momentCount * count);
  for (let j = 0; j < count; j++) {
    const { jet, a, b } = lagrange(nodes, j, position);
    const cube = times(jet, times(jet, jet));
    const y = position - nodes[j];
    const byValue = times(cube, quadratic(1, -3 * a, 6 * a * a - 1.5 * b, y));
    const bySlope = times(cube, quadratic(0, 1, -3 * a, y));
    const byCurvature = times(cube, quadratic(0, 0, 0.5, y));
    [value, slope, curvature].forEach((weights, order) => {
      const scale = nodeStep ** -order;
      // On a node dZ/ds = −S1 and d²Z/ds² = S2 − S1.
      const second = nodeStep * nodeStep * byCurvature[order];
      weights[momentCount * j] = scale * byValue[order];
      weights[momentCount * j + 1] = scale * (-nodeStep * bySlope[order] - second);
      weights[momentCount * j + 2] = scale * second;
    });
  }
  return { value, slope, curvature };
}

/** The Lagrange polynomial of node j at `position`, and its derivatives a and b at j itself. */
function lagrange(nodes: readonly number[], j: number, position: number) {
  let jet: Jet = [1, 0, 0];
  let a = 0;
  let squares = 0;
  for (let i = 0; i < nodes.length; i++) {
    if (i === j) continue;
    const r = 1 / (nodes[j] - nodes[i]);
    jet = times(jet, [(position - nodes[i]) * r, r, 0]);
    a += r;
    squares += r * r;
  }
  return { jet, a, b: a * a - squares };
}

/** c0 + c1·y + c2·y² as a jet. */
function quadratic(c0: number, c1: number, c2: number, y: number): Jet {
  return [c0 + (c1 + c2 * y) * y, c1 + 2 * c2 * y, 2 * c2];
}

/** The product rule. */
function times(f: Jet, g: Jet): Jet {
  return [f[0] * g[0], f[1] * g[0] + f[0] * g[1], f[2] * g[0] + 2 * f[1] * g[1] + f[0] * g[2]];
}
