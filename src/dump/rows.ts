import { toFloat64, type Cancellation, type Tensor } from "../core/tensor";
import { rowStart, type RowPlan } from "./slicing";

/** Classes further apart than this many elements are read one by one. */
const maxGap = 1 << 14;

/** Elements read in one go where classes lie closer together. */
const maxSpan = 1 << 18;

/**
 * Reads `count` rows from row `first` on, as float64, row-major, whatever the array's order: rows
 * side by side in one read, scattered rows in the fewest.
 * @returns count × plan.classes numbers
 */
export async function readRows(
  tensor: Tensor,
  plan: RowPlan,
  first: number,
  count: number,
  signal?: Cancellation,
): Promise<Float64Array> {
  const { classes, classStride } = plan;
  const step = count > 1 ? uniformStep(plan, first, count) : classes;
  if (classStride === 1 && step === classes) {
    return toFloat64(await tensor.read(rowStart(plan, first), count * classes, signal)).data;
  }
  const out = new Float64Array(count * classes);
  if (step === 1 && classStride >= count) {
    // Rows are neighbours: some columns at a time, with what lies between them if that is little.
    const start = rowStart(plan, first);
    const perSpan = classStride > maxGap ? 1 : Math.floor(maxSpan / classStride);
    for (let k = 0; k < classes; k += perSpan) {
      const n = Math.min(perSpan, classes - k);
      const length = (n - 1) * classStride + count;
      const span = toFloat64(await tensor.read(start + k * classStride, length, signal)).data;
      for (let i = 0; i < n; i++) {
        for (let r = 0; r < count; r++) out[r * classes + k + i] = span[i * classStride + r];
      }
    }
    return out;
  }
  for (let r = 0; r < count; r++) {
    await readScattered(tensor, rowStart(plan, first + r), plan, out, r * classes, signal);
  }
  return out;
}

/** One row whose classes lie `classStride` apart, by spans that are worth reading whole. */
async function readScattered(
  tensor: Tensor,
  start: number,
  { classes, classStride }: RowPlan,
  out: Float64Array,
  at: number,
  signal: Cancellation | undefined,
): Promise<void> {
  const perSpan = classStride > maxGap ? 1 : Math.floor(maxSpan / classStride);
  for (let k = 0; k < classes; k += perSpan) {
    const n = Math.min(perSpan, classes - k);
    const from = start + k * classStride;
    const span = toFloat64(await tensor.read(from, (n - 1) * classStride + 1, signal)).data;
    for (let i = 0; i < n; i++) out[at + k + i] = span[i * classStride];
  }
}

/** The distance between neighbouring rows where it is the same for all of them, else NaN. */
function uniformStep(plan: RowPlan, first: number, count: number): number {
  const inner = plan.free.at(-1);
  if (!inner) return NaN;
  const start = rowStart(plan, first);
  const step = rowStart(plan, first + 1) - start;
  // Strides nest: when the last row is where equal steps lead, so are all between.
  return rowStart(plan, first + count - 1) === start + step * (count - 1) ? step : NaN;
}
