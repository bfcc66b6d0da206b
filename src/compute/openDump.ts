import type { Cancellation } from "../core";
import { attentionSets, type AttentionSet } from "../dump/attention/attentionSets";
import type { Look } from "../dump/guess";
import type { Overrides } from "../dump/reading";
import { resolveView, type View } from "../dump/view";
import type { Source } from "../dump/source";
import type { DumpInfo, SourceInfo } from "../protocol/dumpInfo";
import { FormatError } from "../formats/errors";
import type { FileRef } from "../protocol/messages";
import {
  allSources,
  openPart,
  openSiblings,
  type OpenPart,
  type OpenPartOptions,
  type OpenSource,
} from "./openFiles";
import { partialInfo } from "./partial";

/** An open dump: its file, the files beside it, and the way it is read now. */
export class OpenDump {
  private constructor(
    private readonly openSource: OpenSource,
    private readonly ref: FileRef,
    private main: OpenPart,
    private readonly beside: OpenPart[],
    private readonly siblingProblems: readonly string[],
    private overrides: Overrides,
    private current: View,
  ) {}

  /** @throws FormatError when the file can't be shown; nothing stays open then */
  static async open(
    openSource: OpenSource,
    ref: FileRef,
    siblings: readonly FileRef[],
    overrides: Overrides,
    options: OpenPartOptions,
  ): Promise<OpenDump> {
    const { voidAs } = overrides;
    const main = await openPart(openSource, ref, { ...options, voidAs: voidAs ?? undefined });
    const parts: OpenPart[] = [];
    try {
      const { signal, isGlance = false, lanes = null } = options;
      const beside = await openSiblings(openSource, siblings, { signal, isGlance, lanes });
      parts.push(...beside.parts);
      const { problems } = beside;
      const view = await resolve(main, parts, overrides, { signal, isGlance });
      return new OpenDump(openSource, ref, main, parts, problems, overrides, view);
    } catch (error) {
      await Promise.all([main, ...parts].map(part => part.bytes.close()));
      throw error;
    }
  }

  get view(): View {
    return this.current;
  }

  /** Reads the dump another way; on an error the old way stays. */
  async read(overrides: Overrides, signal: Cancellation): Promise<void> {
    const voidAs = overrides.voidAs ?? undefined;
    if (voidAs !== (this.overrides.voidAs ?? undefined)) {
      const main = await openPart(this.openSource, this.ref, { signal, voidAs });
      const previous = this.main;
      this.main = main;
      await previous.bytes.close();
    }
    this.current = await resolve(this.main, this.beside, overrides, { signal });
    this.overrides = overrides;
  }

  /** Adds a file that a person picked. @returns the ids of what it holds */
  async attach(ref: FileRef, signal: Cancellation): Promise<string[]> {
    const known = this.beside.findIndex(part => part.file === ref.name);
    const part = await openPart(this.openSource, ref, { signal });
    if (known >= 0) await this.beside[known].bytes.close();
    this.beside.splice(known >= 0 ? known : this.beside.length, known >= 0 ? 1 : 0, part);
    return part.sources.map(source => source.id);
  }

  async close(): Promise<void> {
    await Promise.all([this.main, ...this.beside].map(part => part.bytes.close()));
  }

  /** Names the state of the files and the way they are read: equal ones have the same rows. */
  get identity(): string {
    const files = [this.main, ...this.beside].map(part => part.identity);
    return JSON.stringify([files, this.current.reading]);
  }

  /** All arrays and names of the dump's files. */
  get sources(): readonly Source[] {
    return allSources([this.main, ...this.beside]);
  }

  /** The attention maps in the dump's own file. */
  get attention(): readonly AttentionSet[] {
    return attentionSets(this.main.sources.filter(source => source.what === "array"));
  }

  /** @throws FormatError where there are no such maps, or no longer */
  attentionSet(id: string): AttentionSet {
    const set = this.attention.find(one => one.id === id);
    if (!set) throw new FormatError("BAD_ROLE", `There are no attention maps "${id}".`);
    return set;
  }

  /** The list of tokens that a person chose; undefined for the guess. */
  get chosenTokens(): string | null | undefined {
    return this.overrides.tokens;
  }

  info(): DumpInfo {
    const { main, beside, current: view, overrides } = this;
    const problems = [main, ...beside].flatMap(part => part.problems);
    return {
      file: main.file,
      format: main.format,
      size: main.size,
      sources: this.sources.map(sourceInfo),
      reading: view.reading,
      overrides,
      dtype: view.tensor.dtype,
      shape: view.tensor.shape,
      rows: view.rows,
      classes: view.classes,
      kindReason: view.kindReason,
      hasLabels: view.labels !== null,
      classNames: view.classNames,
      tokens: view.tokens,
      attention: this.attention.map(({ id, sizes, rows, columns }) => ({
        id,
        sizes,
        rows,
        columns,
      })),
      problems: [...problems, ...this.siblingProblems, ...view.problems],
      notes: [...view.source.notes, ...roundedNote(view)],
      temperature: main.temperature,
      ...(view.partial && { partial: partialInfo(view.partial) }),
    };
  }
}

/** Arithmetic is float64's; 64-bit integers reach further. */
function roundedNote({ tensor, reading }: View): string[] {
  const isLong = tensor.dtype === "int64" || tensor.dtype === "uint64";
  return isLong && reading.kind !== "values" ? ["Integers beyond 2^53 are rounded."] : [];
}

function resolve(
  main: OpenPart,
  beside: readonly OpenPart[],
  overrides: Overrides,
  look: Look,
): Promise<View> {
  const own = new Set(main.sources.map(source => source.id));
  return resolveView(main.file, allSources([main, ...beside]), own, overrides, look);
}

function sourceInfo(source: OpenPart["sources"][number]): SourceInfo {
  const { id, file, name } = source;
  if (source.what === "names") {
    const shape = [source.names.length];
    return { id, file, name, what: "names", dtype: null, shape, refusal: null };
  }
  const { tensor, refusal } = source;
  return {
    id,
    file,
    name,
    what: "array",
    dtype: tensor?.dtype ?? null,
    shape: tensor?.shape ?? [],
    refusal,
  };
}
