import type { Scored } from "./bins";

/** Bandwidths are not looked for below this, and to a fineness of 2^−10. */
const minBandwidth = 0.001;
const halvings = 10;

/** A Gaussian beyond so many deviations adds less than a rounding error. */
const reach = 9;

/** What relplot adds to the density of rows at each point, to divide by it. */
const densityFloor = 1e-4;

/**
 * smECE, the calibration error without bins (Błasiok & Nakkiran 2023): the mean of |c − a| smoothed
 * by a Gaussian that is reflected at 0 and 1, at the bandwidth σ that equals it, found by bisection.
 * The grids are those of the authors' relplot, to agree with it in all digits: rows are spread over
 * max(1000, 10/σ) + 1 points, where a mass that lies exactly on 0 or 1 is not mirrored, and the mean
 * is taken over max(200, 10/σ) points, weighted by the density of rows.
 * @returns NaN where no row is used
 */
export function smoothEce(scored: Scored): number {
  if (!scored.used.includes(1)) return NaN;
  const rows = new Residuals(scored);
  let above = 1;
  let below = 0;
  for (let n = 0; n < halvings; n++) {
    const sigma = (above + below) / 2;
    if (sigma < minBandwidth || sigma < rows.smoothedError(sigma)) below = sigma;
    else above = sigma;
  }
  return rows.smoothedError(above);
}

/** The used rows, and their last grid: most bandwidths have the same one. */
class Residuals {
  private points = 0;
  private residual: Float64Array = new Float64Array(0);
  private density: Float64Array = new Float64Array(0);

  constructor(private readonly scored: Scored) {}

  /** The smoothed error at one bandwidth. */
  smoothedError(sigma: number): number {
    const points = Math.floor(Math.max(2000, Math.round(20 / sigma)) / 2) + 1;
    if (points !== this.points) this.spread(points);
    const kernel = gaussian(sigma, points);
    const count = Math.max(200, Math.round(10 / sigma));
    let error = 0;
    let total = 0;
    let left = { at: -1, residual: 0, density: 0 };
    let right = left;
    for (let j = 0; j < count; j++) {
      const position = (j / (count - 1)) * (points - 1);
      const at = Math.min(Math.floor(position), points - 2);
      const part = position - at;
      if (left.at !== at) {
        left = right.at === at ? right : this.smoothed(at, kernel);
        right = this.smoothed(at + 1, kernel);
      }
      error += Math.abs(left.residual * (1 - part) + right.residual * part);
      total += left.density * (1 - part) + right.density * part + densityFloor;
    }
    return error / total;
  }

  /** Spreads each row over the two grid points beside it, and mirrors the grid at both ends. */
  private spread(points: number): void {
    const { confidence, correct, used } = this.scored;
    const residual = new Float64Array(points);
    const density = new Float64Array(points);
    for (let r = 0; r < used.length; r++) {
      if (used[r] === 0) continue;
      const position = confidence[r] * (points - 1);
      const at = Math.min(Math.floor(position), points - 2);
      const part = position - at;
      const gap = confidence[r] - correct[r];
      residual[at] += (1 - part) * gap;
      residual[at + 1] += part * gap;
      density[at] += 1 - part;
      density[at + 1] += part;
    }
    this.points = points;
    this.residual = mirrored(residual);
    this.density = mirrored(density);
  }

  /** Both grids convolved with the kernel, at one point. */
  private smoothed(at: number, kernel: Kernel): { at: number; residual: number; density: number } {
    const first = Math.floor(this.points / 2) + at + kernel.offset;
    let residual = 0;
    let density = 0;
    for (let j = 0; j < kernel.weights.length; j++) {
      residual += this.residual[first + j] * kernel.weights[j];
      density += this.density[first + j] * kernel.weights[j];
    }
    return { at, residual, density };
  }
}

interface Kernel {
  /** Where in a kernel as long as the grid the weights begin. */
  readonly offset: number;
  readonly weights: Float64Array;
}

/** The Gaussian density at the grid's distances from ½, cut where it no longer counts. */
function gaussian(sigma: number, points: number): Kernel {
  const centre = (points - 1) / 2;
  const width = reach * sigma * (points - 1);
  const offset = Math.max(0, Math.ceil(centre - width));
  const end = Math.min(points - 1, Math.floor(centre + width));
  const weights = Float64Array.from({ length: end - offset + 1 }, (_, j) => {
    const deviations = (offset + j - centre) / (points - 1) / sigma;
    return Math.exp((-deviations * deviations) / 2) / (Math.sqrt(2 * Math.PI) * sigma);
  });
  return { offset, weights };
}

/** The values with their mirror images on both sides; the ends themselves are not doubled. */
function mirrored(values: Float64Array): Float64Array {
  const last = values.length - 1;
  return Float64Array.from({ length: 3 * last + 1 }, (_, i) => {
    const from = Math.abs(i - last);
    return values[from <= last ? from : 2 * last - from];
  });
}
