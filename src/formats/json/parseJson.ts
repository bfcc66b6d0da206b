import { fileError, type FormatError } from "../errors";
import type { JsonValue } from "../index";
import { JsonParser, type ParseOptions } from "./parser";
import { JsonFault, PlaceCounter } from "./place";

/**
 * Parses one JSON document with Python's NaN, Infinity and -Infinity. See JsonValue for the shape.
 * @param bytes UTF-8 without a byte-order mark
 * @throws FormatError BAD_JSON, BAD_ENCODING, TOO_DEEP or TOO_LARGE with line and column
 */
export function parseJson(fileName: string, bytes: Uint8Array, options?: ParseOptions): JsonValue {
  const parser = new JsonParser(options);
  try {
    parser.lookAt(bytes, bytes.length, true);
    parser.expectEnd(parser.feed(0));
    return parser.take();
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const place = new PlaceCounter();
    place.add(bytes, 0, error.at);
    throw faultError(fileName, error, error.at, place);
  }
}

/** A fault in words. @param offset of the fault in the text */
export function faultError(
  fileName: string,
  { reason, what }: JsonFault,
  offset: number,
  { line, column }: PlaceCounter,
): FormatError {
  if (reason === "TOO_LARGE") return fileError(reason, fileName, what);
  const sentence = `line ${line}, column ${column}: ${what}; correct it there.`;
  return fileError(reason, fileName, sentence, { offset, line, column });
}
