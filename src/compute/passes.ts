import {
  createRowScan,
  elementCount,
  RunningStatistics,
  toFloat64,
  type Statistics,
  type Tensor,
  type Values,
} from "../core";
import { FormatError } from "../formats/errors";
import type { CallContext } from "../protocol/channel";
import type { Elements, Scan } from "../protocol/dumpInfo";
import { planRows, rowStart } from "../dump/slicing";
import type { View } from "../dump/view";
import { eachBlock } from "./blocks";
import { memoryFor, runTask, type PassContext } from "./rowPass";

/** A scan keeps 21 bytes a row; more rows than this would not fit beside other work. */
const maxScanRows = 1 << 27;

/**
 * One pass over all rows: arg max, confidence and loss of each at a temperature.
 * @throws FormatError "CANCELLED", or what reading throws
 */
export async function scan(view: View, temperature: number, context: PassContext): Promise<Scan> {
  const { rows } = view;
  if (rows > maxScanRows) {
    throw new FormatError("TOO_LARGE", "The dump has too many rows to look through; slice it.");
  }
  const out = createRowScan(rows, memoryFor(context));
  await runTask(view, null, { what: "scan", temperature, scan: out }, context);
  const leftOut = out.argMax.reduce((sum, top) => sum + (top < 0 ? 1 : 0), 0);
  const labels = view.labels ?? new Int32Array(0);
  const { argMax, confidence, nll } = out;
  return { temperature, argMax, confidence, nll, labels, leftOut };
}

/** Statistics over all elements of the array, whatever the slicing. */
export async function statistics({ tensor }: View, context: CallContext): Promise<Statistics> {
  const running = new RunningStatistics();
  await eachBlock(elementCount(tensor.shape), 1, context, async (start, count) => {
    running.add(toFloat64(await tensor.read(start, count, context.signal)).data);
  });
  return running.result();
}

/** Elements `start` … of the array in C order, whatever its order in the file and the slicing. */
export async function values(view: View, start: number, count: number): Promise<Elements> {
  const { tensor } = view;
  const end = Math.min(start + count, elementCount(tensor.shape));
  const isInOrder = !tensor.fortranOrder || tensor.shape.length < 2;
  const runs = isInOrder
    ? [await tensor.read(start, Math.max(0, end - start))]
    : await readEach(tensor, start, end);
  const widened = runs.map(toFloat64);
  const rounded = widened.some(run => run.rounded > 0);
  return {
    values: Float64Array.from(widened.flatMap(({ data }) => [...data])),
    exact: rounded
      ? runs.flatMap(run => Array.from(run as ArrayLike<number | bigint>, String))
      : null,
  };
}

/** Column-major elements lie apart: one read each. */
async function readEach(tensor: Tensor, start: number, end: number): Promise<Values[]> {
  const { shape } = tensor;
  const plan = planRows(shape, true, { classAxis: -1, at: shape.map(() => null) });
  const runs: Values[] = [];
  for (let i = start; i < end; i++) runs.push(await tensor.read(rowStart(plan, i), 1));
  return runs;
}
