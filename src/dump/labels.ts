import { grouped } from "../core";
import type { Cancellation } from "../core/tensor";
import type { Slicing } from "./reading";
import { readRows } from "./rows";
import { planRows } from "./slicing";
import type { ArraySource, NamesSource, Source } from "./source";

/** What labels are for: the rows of a sliced array. */
export interface LabelTarget {
  /** File and shape of the logits, for the sentences. */
  readonly file: string;
  readonly shape: readonly number[];
  readonly slicing: Slicing;
  readonly rows: number;
  /** How many of the rows, from the first on, the labels are read of. */
  readonly wanted: number;
  readonly classes: number;
  readonly classNames: readonly string[] | null;
}

/** A class index a row wanted, −1 where a row has none (−100 by convention, or null). */
export type Labels = { readonly labels: Int32Array } | { readonly problem: string };

/** The usual `ignore_index`: such rows are left out and counted. */
const ignoreIndex = -100;

/** Labels are read in blocks of so many, to keep memory small. */
const blockRows = 1 << 16;

/** Reads labels for the rows shown, or says in a sentence why these can't be theirs. */
export async function readLabels(
  source: Source,
  target: LabelTarget,
  signal?: Cancellation,
): Promise<Labels> {
  return source.what === "names"
    ? labelsByName(source, target)
    : labelsByIndex(source, target, signal);
}

async function labelsByIndex(
  source: ArraySource,
  target: LabelTarget,
  signal: Cancellation | undefined,
): Promise<Labels> {
  const { tensor } = source;
  if (!tensor) return { problem: source.refusal ?? `"${source.id}" can't be read.` };
  const slicing = labelSlicing(tensor.shape, target);
  if (!slicing) return { problem: lengthSentence(source, describeShape(tensor.shape), target) };
  const plan = planRows(tensor.shape, tensor.fortranOrder, slicing);
  const labels = new Int32Array(target.wanted);
  for (let first = 0; first < target.wanted; first += blockRows) {
    const count = Math.min(blockRows, target.wanted - first);
    const block = await readRows(tensor, plan, first, count, signal);
    for (let i = 0; i < count; i++) {
      const value = block[i];
      const label = value === ignoreIndex || value === -Infinity ? -1 : value;
      if (!Number.isInteger(label) || label < -1 || label >= target.classes || value === -1) {
        return { problem: rangeSentence(source, first + i, value, target) };
      }
      labels[first + i] = label;
    }
  }
  return { labels };
}

function labelsByName(source: NamesSource, target: LabelTarget): Labels {
  const { names } = source;
  if (names.length !== target.rows) {
    return { problem: lengthSentence(source, counted(names.length, "line"), target) };
  }
  if (!target.classNames) {
    return { problem: `"${source.id}" holds labels by name, and no class names are known.` };
  }
  const indexOf = new Map(target.classNames.map((name, i) => [name, i] as const));
  const labels = new Int32Array(names.length);
  for (const [row, name] of names.entries()) {
    const label = name === "" ? -1 : indexOf.get(name);
    if (label === undefined) {
      return {
        problem: `"${source.id}" has the label "${name}" in row ${row}, which is no class.`,
      };
    }
    labels[row] = label;
  }
  return { labels };
}

/** How a label array lies over the rows: one label a row, or the rows' own axes; null if neither. */
function labelSlicing(shape: readonly number[], target: LabelTarget): Slicing | null {
  const { classAxis, at } = target.slicing;
  const others = target.shape.filter((_, axis) => axis !== classAxis);
  if (shape.length === others.length && shape.every((size, axis) => size === others[axis])) {
    return { classAxis: -1, at: at.filter((_, axis) => axis !== classAxis) };
  }
  const wide = shape.filter(size => size !== 1);
  const length = wide.reduce((product, size) => product * size, 1);
  return wide.length <= 1 && length === target.rows
    ? { classAxis: -1, at: shape.map(() => null) }
    : null;
}

function lengthSentence(source: Source, has: string, { file, rows }: LabelTarget): string {
  return (
    `"${source.id}" has ${has} and "${file}" has ${counted(rows, "row")}, so they ` +
    `can't belong together; choose other labels.`
  );
}

function rangeSentence(
  source: ArraySource,
  row: number,
  value: number,
  { file, classes }: LabelTarget,
): string {
  return (
    `"${source.id}" has the label ${value} in row ${row}, and "${file}" has the classes 0 to ` +
    `${classes - 1}; choose other labels.`
  );
}

function counted(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? "" : "s"}`;
}

function describeShape(shape: readonly number[]): string {
  if (shape.length === 1) return counted(shape[0], "label");
  return `the shape ${shape.join(" × ")}`;
}
