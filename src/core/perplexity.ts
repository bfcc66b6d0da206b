/**
 * The perplexity of a text so far: exp of the mean −log p of its tokens, those without a
 * log-probability (NaN) left out. ∞ where one has p = 0, NaN where there is none.
 * @param logprobs of the tokens in their order
 */
export function perplexity(logprobs: ArrayLike<number>, start = 0, end = logprobs.length): number {
  let sum = 0;
  let count = 0;
  for (let i = start; i < end; i++) {
    if (Number.isNaN(logprobs[i])) continue;
    sum -= logprobs[i];
    count++;
  }
  return Math.exp(sum / count);
}
