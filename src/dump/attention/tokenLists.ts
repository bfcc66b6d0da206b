import { grouped } from "../../core";
import { roleOf, wordsOf } from "../names";
import type { SourceId } from "../reading";
import type { NamesSource, Source } from "../source";

/** Names for the queries and the keys of maps; null for none. */
export interface TokenLists {
  readonly queries: readonly string[] | null;
  readonly keys: readonly string[] | null;
  /** A list that is of neither length, in a sentence. */
  readonly problems: readonly string[];
}

/** Words in the name of a list for one side of cross-attention. */
const queryWords = ["query", "queries", "target", "tgt", "decoder", "to"];
const keyWords = ["key", "keys", "source", "src", "encoder", "context", "from"];

/**
 * Finds the token lists of maps by length; where both sides are as long, one list names both,
 * unless two lists say by name which side they are of.
 * @param chosen the list that a person chose; undefined for a guess, null for none
 * @param maps the id of the maps, for the sentence
 */
export function tokenLists(
  sources: readonly Source[],
  queries: number,
  keys: number,
  chosen: SourceId | null | undefined,
  maps: SourceId,
): TokenLists {
  const lists = sources.filter(source => source.what === "names");
  const candidates =
    chosen === undefined ? lists.filter(isTokens) : lists.filter(list => list.id === chosen);
  const pick = (length: number, own: readonly string[], other: readonly string[]) => {
    const fitting = candidates.filter(list => list.names.length === length);
    const named = (words: readonly string[]) => fitting.filter(list => speaksOf(list, words));
    const neutral = fitting.filter(list => !named(other).includes(list));
    return (named(own)[0] ?? neutral[0] ?? fitting[0])?.names ?? null;
  };
  const found = {
    queries: pick(queries, queryWords, keyWords),
    keys: pick(keys, keyWords, queryWords),
  };
  const isLost = candidates.length > 0 && !found.queries && !found.keys;
  return { ...found, problems: isLost ? [lengthSentence(candidates[0], queries, keys, maps)] : [] };
}

/** A list called for tokens, or one in a file that is: `{"query": [...], "key": [...]}`. */
function isTokens({ name, file }: NamesSource): boolean {
  return [name, file.replace(/\.[^.]*$/, "")].some(text => roleOf(text)?.role === "tokens");
}

function speaksOf({ name, file }: NamesSource, words: readonly string[]): boolean {
  const own = wordsOf(name === "" ? file : name);
  return words.some(word => own.includes(word));
}

function lengthSentence(list: NamesSource, queries: number, keys: number, maps: string): string {
  const noun = list.names.length === 1 ? "token" : "tokens";
  const places =
    queries === keys
      ? `${grouped(queries)} queries and keys`
      : `${grouped(queries)} queries and ${grouped(keys)} keys`;
  return (
    `"${list.id}" has ${grouped(list.names.length)} ${noun} and "${maps}" has ${places}, so they ` +
    `can't belong together; choose other tokens.`
  );
}
