import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rowAtOffset, tokenAtOffset } from "./marked";

const root = path.resolve(import.meta.dirname, "../../..");
const corpus = path.join(import.meta.dirname, "ordinary");
const answers = path.resolve(root, "../shared/data/logprobs");
const ordinary = [
  ...readdirSync(corpus).map(name => path.join(corpus, name)),
  ...["package.json", "package-lock.json", "tsconfig.json"].map(name => path.join(root, name)),
];
const files = [
  // One number a token is no row either, in recorded answers of services.
  ...(existsSync(answers) ? readdirSync(answers).map(name => path.join(answers, name)) : []),
  ...ordinary,
];
const inRoot = (file: string) => path.relative(root, file);

/** More would take long and tell no more. */
const maxPlaces = 5000;

describe("ordinary JSON", () => {
  it.each(files.map(inRoot))("shows nothing at any number: %s", name => {
    const text = readFileSync(path.join(root, name), "utf8");
    const numbers = [...text.matchAll(/[-\d.]+|[[\],]/g)].map(match => match.index);
    const step = Math.ceil(numbers.length / maxPlaces);
    const shown = numbers
      .filter((_, i) => i % step === 0)
      .filter(offset => rowAtOffset(text, offset, "scoresKeys", name.endsWith("l")));
    expect(shown.map(offset => text.slice(offset - 40, offset + 40))).toEqual([]);
  });

  it.each(ordinary.map(inRoot))("shows no token anywhere: %s", name => {
    const text = readFileSync(path.join(root, name), "utf8");
    const places = Array.from({ length: 200 }, (_, i) => Math.floor((i * text.length) / 200));
    const shown = places.filter(offset => tokenAtOffset(text, offset, name.endsWith("l")));
    expect(shown.map(offset => text.slice(offset - 40, offset + 40))).toEqual([]);
  });
});
