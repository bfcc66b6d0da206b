import type { Reading } from "../../src/dump/reading";
import type { DumpInfo, PartialInfo, SourceInfo } from "../../src/protocol/dumpInfo";
import { count, shapeText, sourceText } from "../format";

/** One fact about the reading, on the bar. */
export interface Badge {
  readonly name:
    "member" | "shape" | "dtype" | "kind" | "partial" | "labels" | "classNames" | "tokens";
  readonly text: string;
  /** What its panel changes. */
  readonly title: string;
  readonly fields: readonly (keyof Reading)[];
  /** False for something the dump does not have. */
  readonly present: boolean;
  /** Whether a person chose one of the fields. */
  readonly chosen: boolean;
}

/** The arrays of the dump's own file: those that can be shown in it. */
export function ownArrays(info: DumpInfo): SourceInfo[] {
  return info.sources.filter(source => source.what === "array" && source.file === info.file);
}

/** The badges in their order. Labels and names are no matter for an array that is no logits. */
export function badgesOf(info: DumpInfo): Badge[] {
  const { reading } = info;
  const badge = (
    name: Badge["name"],
    text: string,
    title: string,
    fields: (keyof Reading)[],
    present = true,
  ): Badge => {
    return { name, text, title, fields, present, chosen: fields.some(f => f in info.overrides) };
  };
  const badges = [
    badge("shape", shapeBadge(info.shape), "Shape and class axis", ["slicing"]),
    badge("dtype", info.dtype, "Data type", ["voidAs"]),
    badge(
      "kind",
      reading.scores === "sigmoid" ? `${reading.kind}, sigmoid` : reading.kind,
      "Kind of numbers",
      ["kind", "scores"],
    ),
  ];
  if (ownArrays(info).length > 1) {
    badges.unshift(
      badge("member", `array: ${nameOf(info, reading.logits)}`, "Array shown", ["logits"]),
    );
  }
  if (info.partial) {
    return [
      ...badges,
      badge("partial", partialText(info.classes, info.partial), "What the rows list", []),
    ];
  }
  if (reading.kind === "values") return badges;
  const labels = nameOf(info, reading.labels);
  const names = info.classNames && `${count(info.classNames.length)} class names`;
  const tokens = info.tokens && `${count(info.tokens.length)} tokens`;
  return [
    ...badges,
    badge("labels", labels ? `labels: ${labels}` : "no labels", "Labels", ["labels"], !!labels),
    badge("classNames", names || "no class names", "Class names", ["classNames"], !!names),
    badge("tokens", tokens || "no tokens", "Tokens", ["tokens"], !!tokens),
  ];
}

/** "partial: top 5 of an unknown vocabulary" */
function partialText(classes: number, { listed }: PartialInfo): string {
  if (classes === 1) return "partial: sampled tokens alone";
  return `partial: top ${count(listed)} of an unknown vocabulary`;
}

/** One lone number would say nothing. */
function shapeBadge(shape: readonly number[]): string {
  return shape.length === 1 ? `${count(shape[0])} elements` : shapeText(shape);
}

function nameOf(info: DumpInfo, id: string | null): string | null {
  if (id === null) return null;
  const source = info.sources.find(s => s.id === id);
  return source ? sourceText(source, info) : id;
}
