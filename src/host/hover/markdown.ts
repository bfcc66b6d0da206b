/** Longer names are cut: a hover is a glance. */
const longestName = 60;

/** Control and direction-changing characters, which could make a text read as another one. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Blanks that would be lost at the ends of a table's cell, and breaks that would end its line. */
const visible: Readonly<Record<string, string>> = { " ": "␣", "\n": "⏎", "\r": "␍", "\t": "⇥" };

/**
 * A text from a file as text in Markdown, on one line: with a backslash before all that could mean
 * something there, be it a table's bar, a link, code, HTML or an icon.
 */
export function escaped(text: string, longest = longestName): string {
  const short = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return short
    .replace(/^ +| +$|[\n\r\t]/g, blanks => Array.from(blanks, blank => visible[blank]).join(""))
    .replace(unprintable, "\ufffd")
    .replace(/[!-/:-@[-`{-~]/g, "\\$&");
}

/** Keeps the columns of a hover's table apart, which has no padding of its own and cuts other blanks. */
const space = "&nbsp;";

/** A table of Markdown whose cells are escaped already; `right` says which columns are numbers. */
export function table(
  head: readonly string[],
  right: readonly boolean[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const apart = (cells: readonly string[]) => line(cells.map(cell => `${space}${cell}${space}`));
  const rule = line(right.map(is => (is ? "--:" : ":--")));
  return [apart(head), rule, ...rows.map(apart)].join("\n");
}
