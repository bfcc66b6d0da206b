import type { AttentionMap } from "../../src/core";

/**
 * The least gaps of a map over blocks of keys that follow each other. Whichever of them weighs most
 * does so at every temperature, so that they are found once and a pooled picture of a large map
 * costs little more than a small one.
 */
export class KeyPyramid {
  private readonly levels = new Map<number, Float32Array>();

  constructor(private readonly map: AttentionMap) {
    this.levels.set(1, map.gap);
  }

  /**
   * The least gap of each block, query after query.
   * @param block a power of two
   */
  least(block: number): Float32Array {
    const known = this.levels.get(block);
    if (known) return known;
    const finer = this.least(block / 2);
    const width = Math.ceil((2 * this.map.keys) / block);
    const level = halve(finer, this.map.queries, width);
    this.levels.set(block, level);
    return level;
  }
}

function halve(finer: Float32Array, queries: number, width: number): Float32Array {
  const half = Math.ceil(width / 2);
  const level = new Float32Array(queries * half);
  for (let i = 0; i < queries; i++) {
    for (let c = 0; c < half; c++) {
      const at = i * width + 2 * c;
      const second = 2 * c + 1 < width ? finer[at + 1] : Infinity;
      level[i * half + c] = second < finer[at] ? second : finer[at];
    }
  }
  return level;
}
