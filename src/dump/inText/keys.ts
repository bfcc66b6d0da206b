import { roleOf, wordsOf } from "../names";
import { charAt, isEscaped, previous, type Place, type TextLines } from "./text";

/** A key of an object. */
export interface Key {
  readonly name: string;
  /** Its opening quotation mark. */
  readonly at: Place;
}

/** The key before a colon; null where the colon is part of a string, or none of JSON. */
export function keyBefore(text: TextLines, colon: Place): Key | null {
  const close = previous(text, colon);
  if (!close || charAt(text, close) !== '"') return null;
  const content = text.lineAt(close.line);
  const open = openingQuote(content, close.character, longestKey);
  if (open === null) return null;
  const at = { line: close.line, character: open };
  const before = previous(text, at);
  if (before && !/[{,]/.test(charAt(text, before))) return null;
  try {
    const name: unknown = JSON.parse(content.substring(open, close.character + 1));
    return typeof name === "string" ? { name, at } : null;
  } catch {
    return null;
  }
}

/** A longer one speaks of nothing. */
const longestKey = 1000;

/** The quotation mark that opens the string which one closes; strings end on their line. */
export function openingQuote(content: string, close: number, longest = close): number | null {
  if (isEscaped(content, close)) return null;
  const from = Math.max(0, close - longest);
  const part = content.substring(from, close);
  for (let at = part.lastIndexOf('"'); at >= 0; at = at > 0 ? part.lastIndexOf('"', at - 1) : -1) {
    if (!isEscaped(content, from + at)) return from + at;
  }
  return null;
}

/** Last words of keys that speak of scores and hold something about them: `attention_mask`. */
const aboutScores = new Set(
  (
    "mask masks shape shapes size sizes dim dims id ids index indices count counts length lengths " +
    "names type types heads layers offset offsets range threshold thresholds mean std min max"
  ).split(" "),
);

/** Keys whose numbers are of one token each, not of all classes: `token_logprobs`. */
const ofTokens = /\b(tokens?|sequences?) (log ?probs?|scores?)$/;

/** Whether a key says that its numbers are scores of classes: logits, scores, log_probs, attention … */
export function isScoresKey(key: string): boolean {
  const role = roleOf(key)?.role;
  return (role === "logits" || role === "attention") && !isAboutScores(key);
}

/** Whether a key says that its numbers are something else: labels, ids, a shape. */
export function isOtherKey(key: string): boolean {
  return isAboutScores(key) || (roleOf(key) !== null && !isScoresKey(key));
}

function isAboutScores(key: string): boolean {
  const words = wordsOf(key).filter(word => !/^\d+$/.test(word));
  return aboutScores.has(words.at(-1) ?? "") || ofTokens.test(words.join(" "));
}
