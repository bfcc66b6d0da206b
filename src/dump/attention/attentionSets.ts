import { elementCount, type DType } from "../../core/tensor";
import { isInteger, roleOfSource } from "../guess";
import { wordsOf } from "../names";
import type { SourceId } from "../reading";
import type { ArraySource } from "../source";
import { assignAxes, axisNames, type AxisName } from "./axes";

/** Maps of one model that belong together: one array, or arrays whose names count layers or heads. */
export interface AttentionSet {
  /** The array's id; with "*" in place of the numbers where there are several arrays. */
  readonly id: SourceId;
  readonly dtype: DType;
  /** How many there are along each axis; 1 along one that the set doesn't have. */
  readonly sizes: Readonly<Record<AxisName, number>>;
  /** Rows and columns of each map as they lie in the array. */
  readonly rows: number;
  readonly columns: number;
  /** The arrays, in the order of their numbers, and the axes that those count. */
  readonly members: readonly ArraySource[];
  readonly memberAxes: readonly { readonly name: AxisName; readonly size: number }[];
  /** The axes of each array before the last two. */
  readonly arrayAxes: readonly AxisName[];
}

/**
 * The sets of attention maps among the arrays of a dump, the likeliest first: arrays that are named
 * so, then arrays of square maps that are named nothing else.
 */
export function attentionSets(arrays: readonly ArraySource[]): AttentionSet[] {
  const groups = new Map<string, ArraySource[]>();
  for (const source of arrays) {
    if (!mayBeAttention(source)) continue;
    const { shape, dtype } = source.tensor!;
    const key = JSON.stringify([source.file, pattern(source), shape, dtype]);
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  const sets = [...groups.values()].flatMap(setsOf);
  return sets.sort((a, b) => rankOf(a) - rankOf(b)); // equal ones stay in the file's order
}

function mayBeAttention(source: ArraySource): boolean {
  const { tensor } = source;
  if (!tensor || tensor.shape.length < 2 || elementCount(tensor.shape) === 0) return false;
  if (isNamedAttention(source)) return true;
  const role = roleOfSource(source)?.role ?? null;
  const [rows, columns] = tensor.shape.slice(-2);
  if (isInteger(tensor) || rows !== columns || rows < 2) return false;
  return role === null || (role === "logits" && tensor.shape.length > 2);
}

/** Whatever follows: attention scores, probabilities and outputs are attention all the same. */
function isNamedAttention({ name, file }: ArraySource): boolean {
  return wordsOf(name === "" ? file : name).some(word => /^(attentions?|attns?)$/.test(word));
}

/** Arrays of one name but for the numbers in it: one set, if the numbers count without a gap. */
function setsOf(sources: readonly ArraySource[]): AttentionSet[] {
  const counted = sources.length > 1 ? countedAxes(sources) : null;
  const sets = counted
    ? [setOf(counted.members, counted.axes)]
    : sources.map(source => setOf([source], []));
  return sets.filter(set => set !== null);
}

interface CountedAxis {
  readonly word: string;
  readonly size: number;
}

function setOf(
  members: readonly ArraySource[],
  counted: readonly CountedAxis[],
): AttentionSet | null {
  const [first] = members;
  const { shape, dtype } = first.tensor!;
  const leading = shape.slice(0, -2);
  const names = assignAxes(
    counted.map(axis => axis.word),
    leading.length,
  );
  if (!names) return null;
  const sizes = Object.fromEntries(axisNames.map(name => [name, 1])) as Record<AxisName, number>;
  counted.forEach(({ size }, i) => (sizes[names.counted[i]] = size));
  leading.forEach((size, i) => (sizes[names.leading[i]] = size));
  return {
    id: members.length === 1 ? first.id : first.id.replace(first.name, pattern(first)),
    dtype,
    sizes,
    rows: shape.at(-2)!,
    columns: shape.at(-1)!,
    members,
    memberAxes: counted.map(({ size }, i) => ({ name: names.counted[i], size })),
    arrayAxes: names.leading,
  };
}

/** The numbers that differ among names, if their combinations are all there; else null. */
function countedAxes(
  sources: readonly ArraySource[],
): { members: ArraySource[]; axes: CountedAxis[] } | null {
  const rows = sources.map(source => ({ source, numbers: numbersIn(source.name) }));
  const axes = numbersIn(sources[0].name).map((_, at) => ({
    at,
    word: wordBefore(sources[0].name, at),
    size: new Set(rows.map(({ numbers }) => numbers[at])).size,
  }));
  const differing = axes.filter(({ size }) => size > 1);
  if (differing.reduce((product, { size }) => product * size, 1) !== sources.length) return null;
  rows.sort((a, b) => {
    const at = differing.find(axis => a.numbers[axis.at] !== b.numbers[axis.at])?.at ?? 0;
    return a.numbers[at] - b.numbers[at];
  });
  return { members: rows.map(({ source }) => source), axes: differing };
}

function pattern({ name }: ArraySource): string {
  return name.replace(/\d+/g, "*");
}

function numbersIn(name: string): number[] {
  return (name.match(/\d+/g) ?? []).map(Number);
}

/** The last word before the `at`-th number of a name: what that number counts. */
function wordBefore(name: string, at: number): string {
  const numbers = [...name.matchAll(/\d+/g)];
  return wordsOf(name.slice(0, numbers[at].index)).at(-1) ?? "";
}

/**
 * Words that say which of several sets of one file is the one to temper: scores that are masked
 * already, then whatever is not a step before or behind.
 */
const ranks: readonly (readonly [string, number])[] = [
  ["masked", 0],
  ["dropout", 4],
  ["scaled", 3],
  ["probs", 2],
  ["probabilities", 2],
  ["weights", 2],
  ["softmax", 2],
];

function rankOf({ members: [first] }: AttentionSet): number {
  const named = isNamedAttention(first) ? 0 : 10;
  const words = wordsOf(first.name);
  return named + (ranks.find(([word]) => words.includes(word))?.[1] ?? 1);
}
