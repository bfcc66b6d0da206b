import { binaryRow, grouped, toLogits, type Cancellation, type Tensor } from "../core";
import { FormatError } from "../formats/errors";
import {
  guessClassNames,
  guessKindOf,
  guessLogits,
  guessScores,
  guessTokens,
  labelCandidates,
  maxClasses,
  roleOfSource,
  type Look,
} from "./guess";
import type { TokenRows } from "./logprobs/tokenRows";
import { isLooselyPaired } from "./pairing";
import { readLabels, type LabelTarget } from "./labels";
import type { Overrides, Reading, Scores, Slicing } from "./reading";
import { readRows } from "./rows";
import { defaultSlicing, planRows, slicingFits, type RowPlan } from "./slicing";
import type { ArraySource, NamesSource, Source } from "./source";

/** A dump read one way: the rows, and what goes with them. */
export interface View {
  readonly source: ArraySource;
  readonly tensor: Tensor;
  readonly plan: RowPlan;
  readonly reading: Reading;
  readonly kindReason: string;
  readonly rows: number;
  readonly classes: number;
  /** A class index a row, −1 for none; null without labels. At a glance, of the first row only. */
  readonly labels: Int32Array | null;
  readonly classNames: readonly string[] | null;
  readonly tokens: readonly string[] | null;
  /** Set where a row is a token and lists its likeliest alternatives only. */
  readonly partial: TokenRows | null;
  readonly problems: readonly string[];
}

/**
 * Reads a dump: what a person chose, and a guess for the rest.
 * @param file the dump's own file, for the sentences
 * @param own ids of the sources in the dump's own file; others lie beside it
 * @throws FormatError when no array can be shown, or a choice doesn't fit
 */
export async function resolveView(
  file: string,
  sources: readonly Source[],
  own: ReadonlySet<string>,
  chosen: Overrides,
  look: Look = {},
): Promise<View> {
  const arrays = sources.filter(source => source.what === "array");
  const names = sources.filter(source => source.what === "names");
  const source = chosenArray(arrays, own, chosen.logits, file);
  const overrides = source.partial ? partialOverrides(chosen) : chosen;
  const tensor = source.tensor!;
  const slicing = chosenSlicing(tensor.shape, overrides.slicing);
  const candidates = labelCandidates(sources, source);
  const scores = overrides.scores ?? (await guessScores(tensor, candidates, look));
  const layout = layOut(tensor, slicing, scores);
  const guess = await guessKindOf(source, tensor, layout.plan, scores, look);
  const kind = overrides.kind ?? guess.kind;
  const { rows, classes } = layout;
  const classNames = chosenNames(names, overrides.classNames, guessClassNames(names, classes));
  const tokens = chosenNames(names, overrides.tokens, guessTokens(names, rows));
  const target: LabelTarget = {
    file: source.id,
    shape: tensor.shape,
    slicing: layout.slicing,
    rows,
    wanted: look.isGlance ? Math.min(rows, 1) : rows,
    classes,
    classNames: classNames?.names ?? null,
  };
  const isTaken = (candidate: Source) =>
    candidate.id === tokens?.id ||
    (candidate.id === classNames?.id && classNames.names.length !== rows);
  const free = candidates.filter(candidate => !isTaken(candidate));
  const wanted = kind === "values" ? [] : chosenLabels(sources, overrides.labels, free);
  const isLoose = (candidate: Source) =>
    overrides.labels === undefined && isLooselyPaired(candidate.file, file);
  const labels = await firstFitting(wanted, target, isLoose, look.signal);
  return {
    source,
    ...layout,
    tensor,
    kindReason: guess.reason,
    reading: {
      logits: source.id,
      voidAs: source.voidAs,
      kind,
      scores,
      slicing,
      labels: labels.source?.id ?? null,
      classNames: classNames?.id ?? null,
      tokens: tokens?.id ?? null,
    },
    labels: labels.labels,
    classNames: classNames?.names ?? null,
    tokens: tokens?.names ?? null,
    partial: (kind !== "values" && source.partial) || null,
    problems: [
      ...lostChoices(sources, overrides),
      ...labels.problems,
      ...nameProblems(classNames ?? unfitNames(names, overrides), classes, source.id),
    ],
  };
}

/** Rows `first` … `first + count − 1` as logits, row-major, count × classes. */
export async function readLogits(
  { source, tensor, plan, reading }: View,
  first: number,
  count: number,
  signal?: Cancellation,
): Promise<Float64Array> {
  if (plan.classes > maxClasses) {
    throw new FormatError("TOO_LARGE", `"${source.id}" has rows too long to show one; slice it.`);
  }
  const raw = await readRows(tensor, plan, first, count, signal);
  if (reading.scores === "softmax") return toLogits(raw, reading.kind, raw);
  const out = new Float64Array(2 * raw.length);
  for (let i = 0; i < raw.length; i++) binaryRow(raw[i], reading.kind, out, 2 * i);
  return out;
}

function chosenArray(
  arrays: readonly ArraySource[],
  own: ReadonlySet<string>,
  id: string | undefined,
  file: string,
): ArraySource {
  const mine = arrays.filter(source => own.has(source.id));
  const source = mine.find(array => array.id === id) ?? guessLogits(mine);
  if (source?.tensor) return source;
  const refused = mine.find(array => array.refusal !== null);
  throw new FormatError(
    refused ? "UNSUPPORTED_DTYPE" : "BAD_ROLE",
    refused?.refusal ?? `"${file}" holds no array; save the logits into it.`,
  );
}

/** Rows with classes of their own can be read as they are, or as plain values. */
function partialOverrides({ kind }: Overrides): Overrides {
  const fixed = { scores: "softmax", labels: null, classNames: null } as const;
  return kind === "values" ? { ...fixed, kind } : fixed;
}

function chosenSlicing(shape: readonly number[], chosen: Slicing | undefined): Slicing {
  return chosen && slicingFits(chosen, shape) ? chosen : defaultSlicing(shape);
}

/** A sigmoid score a row: every axis counts rows, and there are two classes. */
function layOut(
  tensor: Tensor,
  slicing: Slicing,
  scores: Scores,
): { plan: RowPlan; slicing: Slicing; rows: number; classes: number } {
  const { shape, fortranOrder } = tensor;
  if (scores === "softmax") {
    const plan = planRows(shape, fortranOrder, slicing);
    return { plan, slicing, rows: plan.rows, classes: plan.classes };
  }
  const flat: Slicing = { classAxis: -1, at: slicing.at };
  const plan = planRows(shape, fortranOrder, flat);
  return { plan, slicing: flat, rows: plan.rows, classes: 2 };
}

/** `chosen` undefined means "as guessed", null means none. */
function chosenNames(
  names: readonly NamesSource[],
  chosen: string | null | undefined,
  guess: NamesSource | null,
): NamesSource | null {
  if (chosen === undefined) return guess;
  return names.find(source => source.id === chosen) ?? null;
}

function chosenLabels(
  sources: readonly Source[],
  chosen: string | null | undefined,
  candidates: readonly Source[],
): readonly Source[] {
  if (chosen === undefined) return candidates;
  return sources.filter(source => source.id === chosen);
}

interface Fitting {
  source: Source | null;
  labels: Int32Array | null;
  problems: string[];
}

/**
 * The first candidate that fits; if none does, why the likeliest doesn't. A bare `labels.npy` may
 * well belong to another dump of the folder: where it doesn't fit, there is nothing to say.
 */
async function firstFitting(
  candidates: readonly Source[],
  target: LabelTarget,
  isLoose: (candidate: Source) => boolean,
  signal: Cancellation | undefined,
): Promise<Fitting> {
  const problems: string[] = [];
  for (const source of candidates) {
    const read = await readLabels(source, target, signal);
    if ("labels" in read) return { source, labels: read.labels, problems: [] };
    if (!isLoose(source)) problems.push(read.problem);
  }
  return { source: null, labels: null, problems: problems.slice(0, 1) };
}

/** A choice made for a file that is no longer beside the dump is told, not dropped silently. */
function lostChoices(sources: readonly Source[], overrides: Overrides): string[] {
  const known = new Set(sources.map(source => source.id));
  return (["labels", "classNames", "tokens"] as const)
    .map(role => overrides[role])
    .filter(id => typeof id === "string" && !known.has(id))
    .map(id => `"${id}" was chosen and is no longer there; choose it again.`);
}

/** Names that are meant for the classes by what they are called, though their number is wrong. */
function unfitNames(names: readonly NamesSource[], { classNames }: Overrides): NamesSource | null {
  if (classNames !== undefined) return null;
  return names.find(source => roleOfSource(source)?.role === "classNames") ?? null;
}

function nameProblems(chosen: NamesSource | null, classes: number, file: string): string[] {
  if (!chosen || chosen.names.length === classes) return [];
  return [
    `"${chosen.id}" names ${grouped(chosen.names.length)} classes and "${file}" has ` +
      `${grouped(classes)}; choose other class names.`,
  ];
}
