import { ownMemory } from "../allocate";
import { maxTemperature, minTemperature } from "../temperatureScale";
import { planeCount } from "./grid";

/**
 * All that is needed of each row to evaluate it at any temperature from 0.05 to 20, whatever its
 * number of classes: 72 float32 moments, which are 288 bytes, and 53 bytes beside them. Plain
 * data, which can be posted between threads.
 */
export interface RowProfile {
  readonly rows: number;
  /** How many rows the dump has: more than `rows` where the profile is of a sample (`rowSample`). */
  readonly population: number;
  readonly classes: number;
  /**
   * The moments S0, S1, S2 on each node of the grid, [node][moment][row]: row r's moment m on node
   * j is at (3j + m)·rows + r. NaN for a row that is left out.
   */
  readonly planes: Float32Array;
  /** The row's state, as an index into `rowStates`; 0 is usable. */
  readonly state: Uint8Array;
  /** The largest logit; NaN for a row that is left out. */
  readonly max: Float64Array;
  /** The class that has it, the lowest index of several; −1 for a row that is left out. */
  readonly argMax: Int32Array;
  /** How many classes have it; 0 for a row that is left out. */
  readonly ties: Int32Array;
  /** How many classes are not masked (−∞); 0 for a row that is left out. */
  readonly unmasked: Int32Array;
  /** Mean and variance of max z − z over the unmasked classes, NaN for a row that is left out. */
  readonly meanGap: Float64Array;
  readonly gapVariance: Float64Array;
  /** The true class; −1 for a row that has none or is left out. */
  readonly label: Int32Array;
  /** max z − z_label ≥ 0: ∞ where the true class is masked, NaN where `label` is −1. */
  readonly labelGap: Float64Array;
  /** Place of the true class in the row, 0 being the arg max; −1 where `label` is −1. */
  readonly labelRank: Int32Array;
}

/**
 * Room for a profile: every row is left out until it is written.
 * @param population how many rows there are, if the profile is of some of them only
 */
export function createRowProfile(
  rows: number,
  classes: number,
  population = rows,
  allocate = ownMemory,
): RowProfile {
  const numbers = () => new Float64Array(allocate(8 * rows)).fill(NaN);
  const counts = () => new Int32Array(allocate(4 * rows));
  return {
    rows,
    population,
    classes,
    planes: new Float32Array(allocate(4 * planeCount * rows)).fill(NaN),
    state: new Uint8Array(allocate(rows)),
    max: numbers(),
    argMax: counts().fill(-1),
    ties: counts(),
    unmasked: counts(),
    meanGap: numbers(),
    gapVariance: numbers(),
    label: counts().fill(-1),
    labelGap: numbers(),
    labelRank: counts().fill(-1),
  };
}

/** Whether any row has both a distribution and a label. */
export function hasLabels({ label }: RowProfile): boolean {
  return label.some(y => y >= 0);
}

/** Whether profiles answer for a temperature; if not, a pass over the logits has to. */
export function covers(T: number): boolean {
  return T >= minTemperature && T <= maxTemperature;
}

/**
 * β = 1/T of a temperature that profiles cover.
 * @throws RangeError for another
 */
export function coveredBeta(T: number): number {
  if (!covers(T)) throw new RangeError(`A profile answers for T from 0.05 to 20, not for ${T}.`);
  return 1 / T;
}
