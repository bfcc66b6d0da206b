import { guessClassNames, guessTokens } from "../guess";
import { indexedNames } from "../jsonSources";
import { roleOf, type NamedRole } from "../names";
import type { NamesSource } from "../source";
import type { ArrayInText } from "./arrayAround";
import { membersOf, objectAround, type Member } from "./members";
import type { Position } from "./positionOf";
import { charAt, isSame, next, slice, type Place, type TextLines } from "./text";

/** What a text says about a row beside its numbers; null for each that it doesn't say. */
export interface Companions {
  /** Names of the classes, as many as there are. */
  readonly classNames: readonly string[] | null;
  /** The row's own token. */
  readonly token: string | null;
  /** The row's label, a class index. */
  readonly label: number | null;
  readonly temperature: number | null;
  /** Whether the labels say of each class by itself whether it is right: 0 or 1. */
  readonly isMultiLabel: boolean;
}

/**
 * What stands beside the array in its object, or in the object that the whole text is.
 * @param from a place in the array from which on to look for its end, where that isn't known
 */
export function companionsOf(
  text: TextLines,
  array: ArrayInText,
  from: Place,
  position: Position,
  classes: number,
): Companions {
  const found = new Found(text, position, classes);
  if (array.key) {
    const known = { value: array.open, end: position.arrayEnd, from };
    const add = (brace: Place) => found.add(membersOf(text, brace, known));
    const own = objectAround(text, array.key.at);
    if (own) add(own);
    const whole = next(text, { line: 0, character: 0 });
    const isOwn = own && whole && isSame(own, whole);
    if (whole && !isOwn && charAt(text, whole) === "{") add(whole);
  }
  return found.companions();
}

/** Longer lists would take longer to read than a hover may. */
const maxChars = 1 << 20;

const wanted: readonly NamedRole[] = ["classNames", "labels", "tokens", "temperature"];

/** The members that say something, read as they are added; the nearest ones come first. */
class Found {
  private readonly names: NamesSource[] = [];
  private readonly labels: unknown[] = [];
  private temperature: number | null = null;

  constructor(
    private readonly text: TextLines,
    private readonly position: Position,
    private readonly classes: number,
  ) {}

  add(members: readonly Member[]): void {
    for (const member of members) {
      const role = roleOf(member.name)?.role;
      if (!role || !wanted.includes(role)) continue;
      const value = this.valueOf(member.value, member.end);
      const names = namesIn(value, role);
      if (names) this.names.push({ what: "names", id: "", file: "", name: member.name, names });
      if (role === "labels") this.labels.push(value);
      if (role === "temperature" && isTemperature(value)) this.temperature ??= value;
    }
  }

  companions(): Companions {
    const { index, sizes } = this.position;
    const classNames = guessClassNames(this.names, this.classes)?.names ?? null;
    const rows = sizes.at(-1) ?? null;
    const tokens = rows === null ? null : guessTokens(this.names, rows);
    const token = (index && tokens?.names[index.at(-1)!]) ?? null;
    const own = this.labels.map(labels => this.ownLabel(labels));
    const labels = own.map(label =>
      typeof label === "string" ? classNames?.indexOf(label) : label,
    );
    return {
      classNames,
      token,
      label: labels.find(label => isClass(label, this.classes)) ?? null,
      temperature: this.temperature,
      isMultiLabel: own.some(label => isEachOrNot(label, this.classes)),
    };
  }

  /** What labels as deep as the array's rows, or one label alone, say of the row. */
  private ownLabel(labels: unknown): unknown {
    let label = labels;
    for (const i of this.position.index ?? [NaN]) label = Array.isArray(label) ? label[i] : label;
    return Array.isArray(label) && label.length === 1 ? label[0] : label;
  }

  private valueOf(from: Place, to: Place | null): unknown {
    const json = to && slice(this.text, from, to, maxChars);
    try {
      return json ? JSON.parse(json) : undefined;
    } catch {
      return undefined;
    }
  }
}

function namesIn(value: unknown, role: NamedRole): readonly string[] | null {
  if (Array.isArray(value)) {
    return value.length > 0 && value.every(entry => typeof entry === "string") ? value : null;
  }
  if (role !== "classNames" || typeof value !== "object" || value === null) return null;
  return indexedNames(new Map(Object.entries(value)));
}

function isTemperature(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}

function isEachOrNot(value: unknown, classes: number): boolean {
  return Array.isArray(value) && value.length === classes && value.every(v => v === 0 || v === 1);
}

function isClass(value: unknown, classes: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < classes;
}
