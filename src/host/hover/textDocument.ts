import type * as vscode from "vscode";
import type { TextLines } from "../../dump/inText/text";

const texts = new WeakMap<vscode.TextDocument, { version: number; lines: TextLines }>();

/**
 * A document as the search for rows sees it: the same object until the document is changed, so that
 * what was counted in it is known the next time.
 */
export function linesOf(document: vscode.TextDocument): TextLines {
  const { version } = document;
  const known = texts.get(document);
  if (known?.version === version) return known.lines;
  const lines = readLines(document);
  texts.set(document, { version, lines });
  return lines;
}

/**
 * Lines that were removed meanwhile are empty. The last line is kept: the document makes an object
 * at each call, which is dear where all is one line.
 */
function readLines(document: vscode.TextDocument): TextLines {
  let last = -1;
  let content = "";
  return {
    lineCount: document.lineCount,
    lineAt(line) {
      if (line !== last) content = line < document.lineCount ? document.lineAt(line).text : "";
      last = line;
      return content;
    },
  };
}

/** Whether each line is a document of its own. */
export function isLines({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === "jsonl" || /\.(jsonl|ndjson)$/i.test(uri.path);
}
