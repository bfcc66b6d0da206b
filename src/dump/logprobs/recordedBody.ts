import type { JsonValue } from "../../formats";
import { FormatError } from "../../formats/errors";
import { parseJson } from "../../formats/json/parseJson";

/**
 * The JSON values in a body that was recorded as text: one value, one a line, or the events of a
 * stream, `data: {…}` a line.
 * @returns null for any other text
 */
export function bodiesIn(text: string): JsonValue[] | null {
  const whole = valueOf(text);
  if (whole !== undefined) return [whole];
  const lines = text
    .split(/\r?\n/)
    .map(line => line.replace(/^data:/, "").trim())
    .filter(line => line.startsWith("{"));
  const values = lines.map(valueOf).filter(value => value !== undefined);
  return values.length > 0 ? values : null;
}

function valueOf(text: string): JsonValue | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return parseJson("body", new TextEncoder().encode(text));
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
