import { describe, expect, it } from "vitest";
import { tokenLists } from "../../../src/dump/attention/tokenLists";
import type { NamesSource } from "../../../src/dump/source";

function list(name: string, length: number, file = "a.npz"): NamesSource {
  const names = Array.from({ length }, (_, i) => `${name || file} ${i}`);
  return { what: "names", id: name === "" ? file : `${file}#${name}`, file, name, names };
}

const first = (tokens: readonly string[] | null) => tokens?.[0] ?? null;

function sides(lists: NamesSource[], queries: number, keys: number, chosen?: string | null) {
  const found = tokenLists(lists, queries, keys, chosen, "a.npz#attention");
  return [first(found.queries), first(found.keys), ...found.problems];
}

describe("the tokens of attention maps", () => {
  it("name both sides of self-attention", () => {
    expect(sides([list("", 4, "tokens.json")], 4, 4)).toEqual(["tokens.json 0", "tokens.json 0"]);
  });

  it("go by length in cross-attention", () => {
    const lists = [list("source_tokens", 5), list("target_tokens", 3)];
    expect(sides(lists, 3, 5)).toEqual(["target_tokens 0", "source_tokens 0"]);
    expect(sides([list("tokens", 5)], 3, 5)).toEqual([null, "tokens 0"]);
  });

  it("go by what they are called where both sides are as long", () => {
    const lists = [list("source_tokens", 4), list("target_tokens", 4)];
    expect(sides(lists, 4, 4)).toEqual(["target_tokens 0", "source_tokens 0"]);
    expect(sides([list("key", 4, "tokens.json"), list("query", 4, "tokens.json")], 4, 4)).toEqual([
      "query 0",
      "key 0",
    ]);
  });

  it("are none where there are none, or a person wants none", () => {
    expect(sides([list("classes", 4)], 4, 4)).toEqual([null, null]);
    expect(sides([list("tokens", 4)], 4, 4, null)).toEqual([null, null]);
  });

  it("can be any list that a person chose", () => {
    expect(sides([list("names", 4)], 4, 4, "a.npz#names")).toEqual(["names 0", "names 0"]);
  });

  it("of another length are told in one sentence", () => {
    const [, , ...problems] = sides([list("", 3, "tokens.json"), list("tokens", 2)], 4, 4);
    expect(problems).toEqual([
      '"tokens.json" has 3 tokens and "a.npz#attention" has 4 queries and keys, so they can\'t ' +
        "belong together; choose other tokens.",
    ]);
    expect(sides([list("tokens", 3)], 4, 5)[2]).toContain("4 queries and 5 keys");
  });
});
