import type * as vscode from "vscode";
import type { TextLines } from "../../dump/inText/text";

/** A document as the search for rows sees it; lines that were removed meanwhile are empty. */
export function linesOf(document: vscode.TextDocument): TextLines {
  return {
    lineCount: document.lineCount,
    lineAt: line => (line < document.lineCount ? document.lineAt(line).text : ""),
  };
}

/** Whether each line is a document of its own. */
export function isLines({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === "jsonl" || /\.(jsonl|ndjson)$/i.test(uri.path);
}
