import type * as vscode from "vscode";
import type { TextLines } from "../../dump/inText/text";

/**
 * A document as the search for rows sees it; lines that were removed meanwhile are empty. The last
 * line is kept: the document makes an object at each call, which is dear where all is one line.
 */
export function linesOf(document: vscode.TextDocument): TextLines {
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
