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

/** The inverse temperature of node j. */
export function nodeBeta(j: number): number {
  return 2 ** ((j - unitNode) / 2);
}

/** Where between the nodes β lies: j on node j, fractions in between, linear in ln β. */
export function nodePosition(beta: number): number {
  return unitNode + 2 * Math.log2(beta);
}

/**
 * How many nodes a window spans. Four keep ln Z to 3e-7 up to about a thousand classes; the error
 * grows with the number of classes, and six keep it to 4e-7 for a vocabulary (see `errorBound`).
 */
export function windowNodes(classes: number): 4 | 6 {
  return classes <= 1024 ? 4 : 6;
}
