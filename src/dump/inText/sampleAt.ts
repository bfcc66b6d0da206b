import { ignored, sampleOf } from "../logprobs/evalSamples";
import { containersAround, isNearObject, outsideStrings } from "./containers";
import { objectAt } from "./objects";
import type { Place, TextLines } from "./text";

/** A document of an evaluation that is written in a text: the log-likelihood of each choice. */
export interface SampleInText {
  readonly likelihoods: Float64Array;
  readonly choices: readonly string[] | null;
  readonly target: number | null;
  /** The choice under the cursor. */
  readonly choice: number;
}

/** Choices are short, and what is said of them is not looked at. */
const chars = 1 << 16;
const lines = 1000;

/**
 * Finds the sample of an evaluation whose responses are under a cursor.
 * @param isLines whether each line is a document of its own (JSONL)
 * @returns null where no log-likelihoods of choices are written
 */
export function sampleAt(text: TextLines, cursor: Place, isLines: boolean): SampleInText | null {
  if (isLines) {
    const alone: TextLines = { lineCount: 1, lineAt: () => text.lineAt(cursor.line) };
    return sampleAt(alone, { line: 0, character: cursor.character }, false);
  }
  if (!isNearObject(text, cursor, reach())) return null;
  for (const from of outsideStrings(text, cursor)) {
    let choice: number | null = null;
    for (const { isList, key, index, open } of containersAround(text, from, reach())) {
      if (choice !== null) return sampleIn(text, open, choice);
      if (isList && /^(filtered_)?resps$/.test(key?.name ?? "")) choice = index;
    }
  }
  return null;
}

function sampleIn(text: TextLines, open: Place, choice: number): SampleInText | null {
  const record = objectAt(text, open, /resps/);
  const sample = record && sampleOf(record.map);
  if (!sample || sample.choices.length < 2 || choice >= sample.choices.length) return null;
  const { choices, texts, target } = sample;
  return {
    likelihoods: Float64Array.from(choices),
    choices: texts?.length === choices.length ? texts : null,
    target: target === ignored ? null : target,
    choice,
  };
}

const reach = () => ({ chars, lines });
