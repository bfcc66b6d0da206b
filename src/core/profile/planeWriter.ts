import { planeCount } from "./grid";

/** Rows written at a time: their float32 fill one cache line of each plane. */
const stagedRows = 16;

/**
 * Writes rows into planes. A row's numbers lie far apart, so that each would cost a cache miss;
 * rows that follow each other are therefore gathered and written plane by plane.
 */
export class PlaneWriter {
  private readonly staged = new Float32Array(planeCount * stagedRows);
  private first = 0;
  private count = 0;

  /**
   * @param planes [node][moment][row]
   * @param rows how many rows a plane has
   */
  constructor(
    private readonly planes: Float32Array,
    private readonly rows: number,
  ) {}

  /** Takes in a row's numbers, one for each plane. */
  write(row: number, numbers: Float64Array): void {
    if (this.count === stagedRows || row !== this.first + this.count) this.flush();
    if (this.count === 0) this.first = row;
    for (let p = 0; p < planeCount; p++) this.staged[p * stagedRows + this.count] = numbers[p];
    this.count++;
  }

  /** Writes what is gathered; without it the last rows are missing. */
  flush(): void {
    for (let p = 0; p < planeCount; p++) {
      const to = p * this.rows + this.first;
      for (let i = 0; i < this.count; i++) this.planes[to + i] = this.staged[p * stagedRows + i];
    }
    this.count = 0;
  }
}
