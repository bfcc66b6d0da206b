/** A text by its lines, without their ends, as an editor holds it: nothing is copied to look at it. */
export interface TextLines {
  readonly lineCount: number;
  lineAt(line: number): string;
}

/** Where a character stands: line and column from 0, in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** How far searches may still go: characters looked through by the platform, and further lines. */
export interface Reach {
  chars: number;
  lines: number;
}

/**
 * As far as the largest text that VS Code hands to extensions, in lines that are long enough, or
 * through some thousand rows. Some milliseconds, even where no code is warm.
 */
export const everywhere = (): Reach => ({ chars: 1 << 27, lines: 8000 });

/** As far as it takes, for what nobody waits for. */
export const unlimited = (): Reach => ({ chars: Infinity, lines: Infinity });

/** What can be gone through mark by mark in some milliseconds. */
export const nearby = (): Reach => ({ chars: 1 << 19, lines: 5000 });

/** A line that is searched backwards is looked through in pieces: the platform is quick only forwards. */
const piece = 1 << 16;

/** Characters that the platform looks through in the time of a call. */
export const callCost = 2048;

/** More blank lines than that belong to no array. */
const maxBlankLines = 1000;

/** The character at a place as a string of one; empty at the end of a line. */
export function charAt(text: TextLines, { line, character }: Place): string {
  return text.lineAt(line).charAt(character);
}

export function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

export function isSame(a: Place, b: Place): boolean {
  return a.line === b.line && a.character === b.character;
}

/** The place one character on. */
export function behind({ line, character }: Place): Place {
  return { line, character: character + 1 };
}

/** The last character before a place that is no blank, or null. */
export function previous(text: TextLines, from: Place): Place | null {
  const top = Math.max(0, from.line - maxBlankLines);
  for (let line = from.line; line >= top; line--) {
    const content = text.lineAt(line);
    let at = line === from.line ? from.character : content.length;
    while (at > 0 && isBlank(content.charCodeAt(at - 1))) at--;
    if (at > 0) return { line, character: at - 1 };
  }
  return null;
}

/** The first character from a place on that is no blank, or null. */
export function next(text: TextLines, from: Place): Place | null {
  const end = Math.min(text.lineCount, from.line + maxBlankLines);
  for (let line = from.line; line < end; line++) {
    const content = text.lineAt(line);
    let at = line === from.line ? from.character : 0;
    while (at < content.length && isBlank(content.charCodeAt(at))) at++;
    if (at < content.length) return { line, character: at };
  }
  return null;
}

/**
 * The last such character before a place.
 * @returns null where there is none, undefined where the reach ended
 */
export function findBack(
  text: TextLines,
  from: Place,
  char: string,
  reach = everywhere(),
): Place | null | undefined {
  for (let line = from.line; line >= 0; line--) {
    if (line < from.line && reach.lines-- <= 0) return undefined;
    const content = text.lineAt(line);
    let end = line === from.line ? from.character : content.length;
    while (end > 0) {
      if (reach.chars <= 0) return undefined;
      const start = Math.max(0, end - piece);
      const part = end - start === content.length ? content : content.substring(start, end);
      if (part.includes(char)) return { line, character: start + part.lastIndexOf(char) };
      reach.chars -= end - start;
      end = start;
    }
  }
  return null;
}

/** The first such character from a place on; null and undefined as for `findBack`. */
export function find(
  text: TextLines,
  from: Place,
  char: string,
  reach = everywhere(),
): Place | null | undefined {
  for (let line = from.line; line < text.lineCount; line++) {
    if (reach.chars <= 0 || (line > from.line && reach.lines-- <= 0)) return undefined;
    const content = text.lineAt(line);
    const start = line === from.line ? from.character : 0;
    const at = content.indexOf(char, start);
    reach.chars -= (at < 0 ? content.length : at) - start + callCost;
    if (at >= 0) return { line, character: at };
  }
  return null;
}

/** Whether there is such a character between two places. */
export function isBetween(text: TextLines, from: Place, to: Place, char: string): boolean {
  for (let line = from.line; line <= to.line; line++) {
    const start = line === from.line ? from.character : 0;
    const end = line === to.line ? to.character : undefined;
    if (text.lineAt(line).substring(start, end).includes(char)) return true;
  }
  return false;
}

/** Whether a quotation mark at this place in its line is written with a backslash. */
export function isEscaped(content: string, at: number): boolean {
  let slashes = 0;
  while (content.charCodeAt(at - 1 - slashes) === backslash) slashes++;
  return slashes % 2 === 1;
}

/** The text between two places, its lines joined; null where it is longer than `most`. */
export function slice(text: TextLines, from: Place, to: Place, most: number): string | null {
  let joined = "";
  for (let line = from.line; line <= to.line; line++) {
    const content = text.lineAt(line);
    const start = line === from.line ? from.character : 0;
    const end = line === to.line ? to.character : content.length;
    if (joined.length + end - start > most) return null;
    joined += `${line === from.line ? "" : "\n"}${content.substring(start, end)}`;
  }
  return joined;
}

/** JSON's blanks, and a byte-order mark that was left in the text. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a || code === 0xfeff;
}

const backslash = 0x5c;
