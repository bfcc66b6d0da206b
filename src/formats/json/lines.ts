import { fileError, FormatError } from "../errors";
import type { JsonLine } from "../index";
import { limits } from "../limits";
import { JsonParser } from "./parser";

const newline = 0x0a;

/**
 * Reads JSONL: a value a line, split on newline bytes alone. A line that can't be read carries its
 * error and hides no other; blank lines are left out, and the numbers are the file's.
 * @throws FormatError where so many lines are bad that this is no JSONL, or memory would not do
 */
export function parseLines(fileName: string, bytes: Uint8Array): JsonLine[] {
  const parser = new JsonParser(fileName);
  const lines: JsonLine[] = [];
  let bad = 0;
  for (const { line, text, ended } of splitLines(bytes)) {
    try {
      lines.push({ line, value: parser.parse(text, line) });
    } catch (error) {
      if (!(error instanceof FormatError) || error.reason === "TOO_LARGE") throw error;
      if (++bad > limits.jsonBadLines) throw error;
      lines.push({ line, error: explain(fileName, error, line, text, ended) });
    }
  }
  return lines;
}

/** A line without its newline byte; `ended` is false where the file ends without one. */
interface Line {
  readonly line: number;
  readonly text: Uint8Array;
  readonly ended: boolean;
}

/** The lines that are not blank, with their numbers from 1. */
export function* splitLines(bytes: Uint8Array): Generator<Line, undefined> {
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    const text = bytes.subarray(start, end);
    if (!text.every(isBlank)) yield { line, text, ended: found >= 0 };
    start = end + 1;
  }
  return undefined;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

/** The two faults of an interrupted writer are told as such. */
function explain(
  fileName: string,
  error: FormatError,
  line: number,
  text: Uint8Array,
  ended: boolean,
): FormatError {
  const say = (what: string) =>
    fileError("BAD_JSON", fileName, `line ${line} ${what}`, error.place);
  if (text.every(byte => byte === 0)) {
    return say("holds only zero bytes (the writer was interrupted); remove them.");
  }
  return ended ? error : say("is unfinished (still being written?); wait until it is complete.");
}
