import {
  elementCount,
  grouped,
  guessKind,
  kindTolerance,
  RowNumbers,
  type Cancellation,
  type Kind,
  type Tensor,
} from "../core";
import { roleOf, type RoleMatch } from "./names";
import type { Scores } from "./reading";
import { readRows } from "./rows";
import type { RowPlan } from "./slicing";
import type { ArraySource, NamesSource, Source } from "./source";

/** Rows looked at to tell the kind of numbers. */
const sampleRows = 64;

/** Rows that are read in one go. */
const neighbours = 4;

/** Elements read for that at most, and at a glance. */
const sampleElements = 1 << 20;
const glanceElements = 1 << 14;

/** Elements of a long row that are held at a time. */
const pieceElements = 1 << 16;

/** How files are looked at to tell what they hold. */
export interface Look {
  readonly signal?: Cancellation;
  /** Only the first row is wanted: no others are looked at than those that lie beside it. */
  readonly isGlance?: boolean;
}

/**
 * Classes that a row can have: a hundred times the largest vocabularies. A longer row is a flat
 * array of something else, and one row of it would not fit into memory.
 */
export const maxClasses = 1 << 24;

/** The role that a source's name speaks of; a file that is one array goes by the file's name. */
export function roleOfSource(source: Source): RoleMatch | null {
  return roleOf(source.name === "" ? source.file.replace(/\.[^.]*$/, "") : source.name);
}

/**
 * The array to show: the one named as logits, in the order of how telling the name is, then one
 * with no telling name, then attention, then whatever is there; the larger of equals.
 */
export function guessLogits(arrays: readonly ArraySource[]): ArraySource | null {
  const ranked = arrays
    .filter(source => source.tensor !== null)
    .map(source => ({ source, rank: logitsRank(source), size: sizeOf(source) }));
  ranked.sort((a, b) => a.rank - b.rank || b.size - a.size);
  return ranked[0]?.source ?? null;
}

function logitsRank(source: ArraySource): number {
  if (sizeOf(source) === 0) return 1000;
  const match = roleOfSource(source);
  if (!match) return isInteger(source.tensor!) ? 110 : 100;
  if (match.role === "logits") return match.rank + (isInteger(source.tensor!) ? 50 : 0);
  return match.role === "attention" ? 200 : 300;
}

function sizeOf({ tensor }: ArraySource): number {
  return tensor ? elementCount(tensor.shape) : 0;
}

/** Whole numbers by type: labels, tokens or pixels, and logits only if something says so. */
export function isInteger({ dtype }: Tensor): boolean {
  return dtype === "bool" || dtype.startsWith("int") || dtype.startsWith("uint");
}

/** The kind, and why, for the badge. */
export interface KindGuess {
  readonly kind: Kind;
  readonly reason: string;
}

/**
 * What the numbers are: by type and name whether they are scores at all, then by a sample of rows.
 * Never by a name that says "softmax" or "logits": both lie in the wild.
 */
export async function guessKindOf(
  source: ArraySource,
  tensor: Tensor,
  plan: RowPlan,
  scores: Scores,
  look: Look,
): Promise<KindGuess> {
  const role = roleOfSource(source)?.role ?? null;
  if (source.partial) {
    return {
      kind: "log-probabilities",
      reason: "Each row lists the likeliest tokens of an answer.",
    };
  }
  if (tensor.shape.length === 0) return { kind: "values", reason: "" };
  if (plan.rows * plan.classes === 0) return { kind: "values", reason: "" };
  if (plan.classes > maxClasses) {
    return { kind: "values", reason: `A row has ${grouped(plan.classes)} numbers.` };
  }
  if (isInteger(tensor) && role !== "logits" && role !== "attention") {
    return {
      kind: "values",
      reason: "Its numbers are whole, and no name says that they are logits.",
    };
  }
  if (role === "labels") return { kind: "values", reason: "Its name says that it holds labels." };
  if (scores !== "sigmoid" && plan.classes > sampleElements) {
    const kind = await longRowKind(tensor, plan, look);
    return { kind, reason: kindSentence(kind, 1, plan.rows) };
  }
  const rows = await sample(tensor, plan, look);
  if (scores === "sigmoid") return sigmoidKind(rows);
  const kind = guessKind(rows, tensor.dtype);
  return { kind, reason: kindSentence(kind, rows.length, plan.rows) };
}

/** The kind by the first row, which is too long to be held as a whole, or by as much as it takes. */
async function longRowKind(tensor: Tensor, plan: RowPlan, { signal }: Look): Promise<Kind> {
  const row = new RowNumbers();
  for (let k = 0; k < plan.classes && !row.isScores; k += pieceElements) {
    const classes = Math.min(pieceElements, plan.classes - k);
    const piece = { ...plan, classes, base: plan.base + k * plan.classStride };
    row.add(await readRows(tensor, piece, 0, 1, signal));
  }
  return row.kind(kindTolerance(tensor.dtype)) ?? "logits";
}

/** One score a row: a probability if it lies between 0 and 1, as all rows looked at do. */
function sigmoidKind(rows: readonly Float64Array[]): KindGuess {
  return rows.every(([score]) => score >= 0 && score <= 1)
    ? { kind: "probabilities", reason: "Every score looked at lies between 0 and 1." }
    : { kind: "logits", reason: "The scores leave the range from 0 to 1." };
}

function kindSentence(kind: Kind, looked: number, rows: number): string {
  const seen =
    looked === rows
      ? rows === 1
        ? "The row"
        : `Each of the ${rows} rows`
      : `Each of ${looked} rows looked at, of ${grouped(rows)},`;
  if (kind === "probabilities") return `${seen} lies between 0 and 1 and adds up to 1.`;
  if (kind === "log-probabilities") return `${seen} adds up to 1 once exponentiated.`;
  return "The rows don't add up to 1, neither as they are nor exponentiated.";
}

/**
 * Some rows from first to last, a few neighbours at a time; where rows far apart are dear (a
 * column-major array, a member that is inflated on the way) and at a glance, the first ones.
 */
async function sample(
  tensor: Tensor,
  plan: RowPlan,
  { signal, isGlance }: Look,
): Promise<Float64Array[]> {
  const { rows, classes } = plan;
  const elements = isGlance ? glanceElements : sampleElements;
  const count = Math.max(1, Math.min(rows, sampleRows, Math.floor(elements / classes)));
  const isTogether = isGlance || plan.classStride !== 1 || tensor.sequential || count === rows;
  const run = isTogether ? count : Math.min(count, neighbours);
  const runs = Math.floor(count / run);
  const step = runs === 1 ? 0 : (rows - run) / (runs - 1);
  const places = Array.from({ length: runs }, (_, i) => Math.round(i * step));
  const blocks = await Promise.all(places.map(row => readRows(tensor, plan, row, run, signal)));
  return blocks.flatMap(block =>
    Array.from({ length: run }, (_, r) => block.subarray(r * classes, (r + 1) * classes)),
  );
}

/** Sources that may be labels, the likeliest first: the dump's own before those of other files. */
export function labelCandidates(sources: readonly Source[], logits: ArraySource): Source[] {
  return sources.filter(
    source => source.id !== logits.id && roleOfSource(source)?.role === "labels",
  );
}

/** Names for the classes: by name and length, or by length alone where a file holds only them. */
export function guessClassNames(
  names: readonly NamesSource[],
  classes: number,
): NamesSource | null {
  const fitting = names.filter(source => source.names.length === classes);
  const rank = (source: NamesSource) => {
    const role = roleOfSource(source)?.role;
    const rank = role ? ["classNames", "labels", "tokens"].indexOf(role) : -1;
    return rank >= 0 ? rank : source.name === "" ? 3 : Infinity;
  };
  return fitting.filter(s => rank(s) < Infinity).sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** Tokens of the rows: a list named so, as long as there are rows. */
export function guessTokens(names: readonly NamesSource[], rows: number): NamesSource | null {
  const isTokens = (source: NamesSource) => roleOfSource(source)?.role === "tokens";
  return names.find(source => isTokens(source) && source.names.length === rows) ?? null;
}

/**
 * Scores are sigmoids where labels of 0 and 1 lie beside them, one a score: binary for (N,) and
 * (N,1), multi-label for (N,K). Without such labels (N,) is one row of N classes.
 */
export async function guessScores(
  tensor: Tensor,
  labels: readonly Source[],
  { signal, isGlance }: Look,
): Promise<Scores> {
  const elements = isGlance ? glanceElements : sampleElements;
  const { shape } = tensor;
  const size = elementCount(shape);
  const isColumn = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  if (size < 2) return "softmax";
  for (const source of labels) {
    if (source.what !== "array" || !source.tensor || sizeOf(source) !== size) continue;
    if (!isColumn && source.tensor.shape.join() !== shape.join()) continue;
    const values = await source.tensor.read(0, Math.min(size, elements), signal);
    if (values.every((v: number | bigint) => Number(v) === 0 || Number(v) === 1)) return "sigmoid";
  }
  return "softmax";
}
