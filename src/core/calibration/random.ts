/**
 * A stream of whole numbers from 0 to 2^32 − 1 that is the same for the same seed on every machine:
 * xoshiro128** (Blackman & Vigna 2018), its state filled from the seed by SplitMix32.
 */
export function randomStream(seed: number): () => number {
  const fill = randomFiller(seed);
  const one = new Uint32Array(1);
  return () => {
    fill(one);
    return one[0];
  };
}

/** The same stream for many at a time: each call fills an array with the next ones. */
export function randomFiller(seed: number): (into: Uint32Array) => void {
  let state = seed | 0;
  const mixed = () => {
    state = (state + 0x9e3779b9) | 0;
    let x = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    return x ^ (x >>> 15);
  };
  const words = Int32Array.from({ length: 4 }, mixed);
  return into => {
    let [a, b, c, d] = words;
    for (let i = 0; i < into.length; i++) {
      const five = Math.imul(b, 5);
      into[i] = Math.imul((five << 7) | (five >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    words.set([a, b, c, d]);
  };
}

/** One of the numbers of `randomStream` as a part of 1, from 0 up to but not including 1. */
export const unit = 2 ** -32;
