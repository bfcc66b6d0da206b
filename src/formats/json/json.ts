import type { ByteSource } from "../byteSource";
import { FormatError } from "../errors";
import type { OpenedFile } from "../index";
import { parseLines, splitLines } from "./lines";
import { JsonParser, parseJson } from "./parser";
import type { Progress } from "./text";
import { readText } from "./text";

/**
 * Opens a JSON or JSONL file. Which of the two is seen in the content: a first line that is a
 * complete value, and more on the next lines, is JSONL. The name decides where the content could be
 * either: one line alone, and broken files.
 * @throws FormatError
 */
export async function openJson(source: ByteSource, progress?: Progress): Promise<OpenedFile> {
  const { name } = source;
  const bytes = await readText(source, progress);
  const namedLines = /\.(jsonl|ndjson)$/i.test(name);
  if (isLines(name, bytes, namedLines)) return { format: "jsonl", lines: parseLines(name, bytes) };
  try {
    return { format: "json", value: parseJson(name, bytes) };
  } catch (error) {
    // A broken file that is named as JSONL is told line by line.
    if (!namedLines || !(error instanceof FormatError) || error.reason === "TOO_LARGE") throw error;
    return { format: "jsonl", lines: parseLines(name, bytes) };
  }
}

/**
 * Whether there are several lines and the first is a value by itself; unless the name says JSONL,
 * the second has to be one too.
 */
function isLines(name: string, bytes: Uint8Array, namedLines: boolean): boolean {
  const lines = splitLines(bytes);
  const first = lines.next().value;
  const second = lines.next().value;
  if (!first || !second) return namedLines;
  return isValue(name, first.text) && (namedLines || isValue(name, second.text));
}

function isValue(name: string, text: Uint8Array): boolean {
  try {
    new JsonParser(name).parse(text, 1);
    return true;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}
