import { perplexity } from "../../core";
import { sequenceOf } from "../logprobs/sequences";
import { entriesOf, type TokenEntry } from "../logprobs/tokenEntry";
import { containersAround, isNearObject, outsideStrings, type Container } from "./containers";
import { objectAt, readJson } from "./objects";
import { charAt, next, slice, type Place, type TextLines } from "./text";

/** A token of an answer that is written in a text, with its alternatives. */
export interface TokenInText {
  readonly entry: TokenEntry;
  /** Its place in its text; null where that is too far to count. */
  readonly index: number | null;
  /** exp of the mean −ln p of its text up to this token; null where that isn't all within reach. */
  readonly perplexity: number | null;
  /** From its opening bracket up to behind its closing one; null where it is several values. */
  readonly range: { readonly open: Place; readonly end: Place } | null;
  /** The bracket that opens the list or object of the whole text; null where that is too far. */
  readonly list: Place | null;
}

/** Characters looked through for an entry, and from there on for the list that it is in. */
const entryChars = 1 << 17;
const listChars = 1 << 18;

/** Likewise lines. */
const entryLines = 2000;
const listLines = 50_000;

/** Longer lists are not read, for the perplexity alone. */
const textChars = 1 << 17;

/** Lists of alternatives, or of one of several values a token: the token is what is around them. */
const partKeys =
  /^(top_?logprobs|top_?probs|probs|bytes|top_?candidates|candidates|chosen_?candidates)$/i;

/** What an object of an answer speaks of somewhere; without it nothing has to be read. */
const telling = /log_?prob|top_probs|"probs"/i;

/**
 * Finds the token of an answer around a cursor, outward from there: the entry that lists it with its
 * alternatives, and the list of entries or the parallel lists that it belongs to.
 * @param isLines whether each line is a document of its own (JSONL)
 * @returns null where no token with a log-probability is written
 */
export function tokenAt(text: TextLines, cursor: Place, isLines: boolean): TokenInText | null {
  if (isLines) return tokenInLine(text, cursor);
  if (!isNearObject(text, cursor, { chars: entryChars, lines: entryLines })) return null;
  for (const from of outsideStrings(text, cursor)) {
    const found = tokenAround(text, from);
    if (found) return found;
  }
  return null;
}

/** The same with the line as the whole text. */
function tokenInLine(text: TextLines, { line, character }: Place): TokenInText | null {
  const alone: TextLines = { lineCount: 1, lineAt: () => text.lineAt(line) };
  const found = tokenAt(alone, { line: 0, character }, false);
  const there = (place: Place): Place => ({ line, character: place.character });
  if (!found) return null;
  const { range, list } = found;
  return {
    ...found,
    range: range && { open: there(range.open), end: there(range.end) },
    list: list && there(list),
  };
}

function tokenAround(text: TextLines, from: Place): TokenInText | null {
  const reach = { chars: entryChars, lines: entryLines };
  let found: TokenInText | null = null;
  let inner: Container | null = null;
  for (const container of containersAround(text, from, reach)) {
    if (container.isList) {
      if (found && !partKeys.test(container.key?.name ?? "")) {
        return inSequence(text, found, container);
      }
    } else {
      const value = objectAt(text, container.open, telling);
      if (!value && found) return null;
      const sequence = value && sequenceOf(value.map);
      if (sequence) return ofSequence(sequence, inner, container);
      const entries = value && entriesOf(value.map);
      if (entries && entries.length > 1) return ofChunk(entries, inner, container);
      if (entries) {
        const range = { open: value.open, end: value.end };
        found = { entry: entries[0], index: null, perplexity: null, range, list: null };
        reach.chars = listChars;
        reach.lines = listLines;
      } else if (found && !isPart(inner)) return found;
    }
    inner = container;
  }
  return found;
}

/** Whether a container can't be the token's own text, so that the text is farther out. */
function isPart(inner: Container | null): boolean {
  return partKeys.test(inner?.key?.name ?? "");
}

/** An entry in its list, which is read up to there. */
function inSequence(text: TextLines, found: TokenInText, list: Container): TokenInText {
  const { end } = found.range!;
  const { index, open } = list;
  const json = slice(text, open, end, textChars);
  if (json === null) return { ...found, index, list: open };
  const sequence = sequenceOf(readJson(`${json}]`) ?? null);
  if (sequence?.length !== index + 1) return { ...found, list: open };
  const behindIt = next(text, end);
  // A list of one token may be a chunk of a text.
  const isAlone = index === 0 && (!behindIt || charAt(text, behindIt) !== ",");
  return { ...found, index, perplexity: isAlone ? null : soFar(sequence), list: open };
}

/** An entry of parallel lists, by the place of the cursor in one of them. */
function ofSequence(
  sequence: readonly TokenEntry[],
  inner: Container | null,
  { open }: Container,
): TokenInText | null {
  if (!inner?.isList || inner.index >= sequence.length) return null;
  const { index } = inner;
  const isAlone = sequence.length === 1;
  const perplexity = isAlone ? null : soFar(sequence.slice(0, index + 1));
  return { entry: sequence[index], index, perplexity, range: null, list: open };
}

/** A token of an entry that stands for several: how many come before it is not known here. */
function ofChunk(
  entries: readonly TokenEntry[],
  inner: Container | null,
  container: Container,
): TokenInText | null {
  const found = ofSequence(entries, inner, container);
  return found && { ...found, index: null, perplexity: null, list: null };
}

function soFar(sequence: readonly TokenEntry[]): number | null {
  const value = perplexity(sequence.map(({ logprob }) => logprob));
  return Number.isNaN(value) ? null : value;
}
