/**
 * Weights of the values at 0, 1, …, count − 1 in the polynomial through them, read at `y`.
 * @see Lagrange's form of the interpolating polynomial
 */
export function lagrangeWeights(count: number, y: number): Float64Array {
  const weights = new Float64Array(count).fill(1);
  for (let j = 0; j < count; j++) {
    for (let i = 0; i < count; i++) if (i !== j) weights[j] *= (y - i) / (j - i);
  }
  return weights;
}
