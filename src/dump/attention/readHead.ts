import { grouped } from "../../core";
import type { RawMap } from "../../core";
import type { Cancellation } from "../../core/tensor";
import { FormatError } from "../../formats/errors";
import { readRows } from "../rows";
import { planRows } from "../slicing";
import type { ArraySource } from "../source";
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
  const { rows, columns } = set;
  const { source, held } = memberAt(set, place);
  if (rows * columns > maxCells) {
    throw new FormatError(
      "TOO_LARGE",
      `"${set.id}" has maps of ${grouped(rows)} × ${grouped(columns)}, too large to show; save a part of them.`,
    );
  }
  const { shape, fortranOrder } = source.tensor!;
  const at = [...held, null, null];
  const plan = planRows(shape, fortranOrder, { classAxis: shape.length - 1, at });
  const values = await readRows(source.tensor!, plan, 0, rows, signal);
  return { values, rows, columns };
}

/**
 * Which array of a set a map lies in, and where along the axes before its last two.
 * @throws FormatError for a place that is not there
 */
export function memberAt(
  { sizes, members, memberAxes, arrayAxes }: AttentionSet,
  place: HeadPlace,
): { source: ArraySource; held: number[] } {
  for (const [name, size] of Object.entries(sizes) as [AxisName, number][]) {
    if (place[name] >= size) {
      throw new FormatError(
        "BAD_ROLE",
        `There is no ${name} ${place[name]}; the last is ${size - 1}.`,
      );
    }
  }
  const member = memberAxes.reduce((index, { name, size }) => index * size + place[name], 0);
  return { source: members[member], held: arrayAxes.map(name => place[name]) };
}
