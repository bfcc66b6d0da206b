/**
 * The grid of inverse temperatures β = 1/T at which a profile keeps its moments: 24 nodes, two an
 * octave, from 2^−5.5 to 2^6, laid so that T = ½, 1 and 2 fall on nodes. It reaches beyond the
 * slider's 1/20 to 20 because a window needs nodes on both sides, and the Brier score needs Z(2β).
 */
export const nodeCount = 24;

/** S0 = Z = Σ e^(−βδ), S1 = Σ βδ·e^(−βδ) and S2 = Σ (βδ)²·e^(−βδ). */
export const momentCount = 3;

/** A row's numbers: one in each plane, node after node and within a node moment after moment. */
export const planeCount = nodeCount * momentCount;

/** The step between nodes in s = ln β. */
export const nodeStep = Math.LN2 / 2;

/** The node at β = 1. */
const unitNode = 11;

/**
 * The inverse temperature of node j: 2^((j − 11)/2), moved by up to 1.4e-8 of itself to where
 * β·log2 e is a float32. The kernel takes it as one, and what is rounded off would move the moments
 * of all rows the same way, so that means over many rows kept it.
 */
export function nodeBeta(j: number): number {
  return Math.fround(2 ** ((j - unitNode) / 2) * Math.LOG2E) / Math.LOG2E;
}

/** The inverse temperature of each node in units of the first one's. */
export const betaRatios = Float64Array.from(
  { length: nodeCount },
  (_, j) => nodeBeta(j) / nodeBeta(0),
);

/** Where between the nodes β lies: about j on node j, fractions in between, linear in ln β. */
export function nodePosition(beta: number): number {
  return unitNode + 2 * Math.log2(beta);
}

/** As many nodes as a window has at most. */
export const widestWindow = 6;

/**
 * How many nodes a window spans. Four keep ln Z to 3e-7 up to about a thousand classes; the error
 * grows with the number of classes, and six keep it to 4e-7 for a vocabulary (see `errorBound`).
 */
export function windowNodes(classes: number): number {
  return classes <= 1024 ? 4 : widestWindow;
}
