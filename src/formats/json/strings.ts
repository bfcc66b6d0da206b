import { asciiText } from "./numbers";

/** What is wrong with a string, and where. */
export class StringFault {
  constructor(
    readonly at: number,
    readonly what: string,
    readonly badEncoding = false,
  ) {}
}

const unfinished = "a string does not end on its line";
const quoteMark = 0x22;
const backslash = 0x5c;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const escapes: ReadonlyMap<number, string> = new Map(
  Object.entries({
    '"': '"',
    "\\": "\\",
    "/": "/",
    b: "\b",
    f: "\f",
    n: "\n",
    r: "\r",
    t: "\t",
  }).map(([letter, meaning]) => [letter.charCodeAt(0), meaning]),
);

/**
 * Scans a JSON string. A lone surrogate in an escape is kept, as Python keeps it.
 * @param at offset behind the opening quote
 * @param limit offset behind the last byte that may be looked at
 * @param last whether the text ends there; else an unfinished string is not looked at further
 * @returns the text and the offset behind the closing quote, or the fault
 */
export function scanString(
  bytes: Uint8Array,
  at: number,
  limit: number,
  last: boolean,
): { text: string; end: number } | StringFault {
  let text = "";
  let pieces: string[] = [];
  for (;;) {
    const start = at;
    let ascii = true;
    let hash = 0;
    let byte = 0;
    for (; at < limit; at++) {
      byte = bytes[at]!;
      if (byte === quoteMark || byte === backslash || byte < 0x20) break;
      if (byte >= 0x80) ascii = false;
      hash = (hash * 31 + byte) | 0;
    }
    if (at >= limit && !last) return new StringFault(at, unfinished);
    const piece = ascii ? knownText(bytes, start, at, hash) : decodeUtf8(bytes, start, at);
    if (piece === undefined) return new StringFault(start, "text is not valid UTF-8", true);
    if (at < limit && byte === quoteMark) {
      return { text: text + pieces.join("") + piece, end: at + 1 };
    }
    if (at >= limit || byte !== backslash) return new StringFault(at, unfinished);
    const escaped = readEscape(bytes, at + 1, limit);
    if (!escaped) return new StringFault(at, "a backslash is followed by an unknown letter");
    if (pieces.push(piece, escaped.text) > 1000) {
      text += pieces.join("");
      pieces = [];
    }
    at = escaped.end;
  }
}

/** Recent short texts by hash: the same few keys come again and again. */
const recent = new Array<string>(1024).fill("");

function knownText(bytes: Uint8Array, start: number, end: number, hash: number): string {
  if (end - start > 24) return asciiText(bytes, start, end);
  const slot = (hash ^ (hash >>> 10)) & 1023;
  const known = recent[slot]!;
  if (known.length === end - start) {
    let i = 0;
    while (i < known.length && known.charCodeAt(i) === bytes[start + i]) i++;
    if (i === known.length) return known;
  }
  return (recent[slot] = asciiText(bytes, start, end));
}

function readEscape(
  bytes: Uint8Array,
  at: number,
  limit: number,
): { text: string; end: number } | undefined {
  if (at >= limit) return undefined;
  const simple = escapes.get(bytes[at]!);
  if (simple !== undefined) return { text: simple, end: at + 1 };
  const hex = bytes[at] === 0x75 ? asciiText(bytes, at + 1, Math.min(at + 5, limit)) : "";
  if (!/^[0-9a-fA-F]{4}$/.test(hex)) return undefined;
  return { text: String.fromCharCode(parseInt(hex, 16)), end: at + 5 };
}

/** Text, or undefined where the bytes are not valid UTF-8 (or too long for any string). */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}
