import type { JsonValue } from "../../formats";
import { FormatError } from "../../formats/errors";
import { parseJson } from "../../formats/json/parseJson";

/** Whether a string may be an answer with log-probabilities, kept as text by a recorder of requests. */
export function isBody(text: string): boolean {
  return /^\s*(\{|\[|data:|event:)/.test(text) && /log_?prob|top_probs|"probs"/i.test(text);
}

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
