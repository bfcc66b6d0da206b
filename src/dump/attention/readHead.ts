import type { RawMap } from "../../core";
import type { Cancellation } from "../../core/tensor";
import { FormatError } from "../../formats/errors";
import { grouped } from "../grouped";
import { readRows } from "../rows";
import { planRows } from "../slicing";
import type { AttentionSet } from "./attentionSets";
import type { AxisName } from "./axes";

/** Cells that a map may have: 8,192 × 8,192, which take 256 MB as they are shown. */
const maxCells = 1 << 26;

/** Which map of a set. */
export type HeadPlace = Readonly<Record<AxisName, number>>;

/**
 * Reads one map and nothing else of the file, row-major whatever the array's order.
 * @throws FormatError for a place that is not there, a map too large to show, or what reading throws
 */
export async function readHead(
  set: AttentionSet,
  place: HeadPlace,
  signal?: Cancellation,
): Promise<RawMap> {
  const { rows, columns, sizes, members, memberAxes, arrayAxes } = set;
  for (const [name, size] of Object.entries(sizes) as [AxisName, number][]) {
    if (place[name] >= size) {
      throw new FormatError(
        "BAD_ROLE",
        `There is no ${name} ${place[name]}; the last is ${size - 1}.`,
      );
    }
  }
  if (rows * columns > maxCells) {
    throw new FormatError(
      "TOO_LARGE",
      `"${set.id}" has maps of ${grouped(rows)} × ${grouped(columns)}, too large to show; save a part of them.`,
    );
  }
  const member = memberAxes.reduce((index, { name, size }) => index * size + place[name], 0);
  const { shape, fortranOrder } = members[member].tensor!;
  const held = arrayAxes.map(name => place[name]);
  const plan = planRows(shape, fortranOrder, {
    classAxis: shape.length - 1,
    at: [...held, null, null],
  });
  const values = await readRows(members[member].tensor!, plan, 0, rows, signal);
  return { values, rows, columns };
}
