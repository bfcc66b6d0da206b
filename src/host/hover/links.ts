import * as vscode from "vscode";
import type { Place } from "../../dump/inText/text";

/** Where a row opens in a text, or the list of tokens in which the row is one. */
export interface RowPlace extends Place {
  readonly token?: number;
}

/** The commands that the links of hovers run, and the only ones that they may. */
export const linkCommands = ["logitInspector.openRow", "logitInspector.setTemperatureOf"] as const;

/**
 * What can be done with a file from a hover. Nothing of what the file holds is in this text, which
 * alone may run commands.
 * @param row where the row is in the file's text; undefined to open the file as it is
 */
export function linksTo(
  uri: vscode.Uri,
  temperature: number,
  row?: RowPlace,
): vscode.MarkdownString {
  const [open, setTemperature] = linkCommands;
  const target = uri.toString();
  const what = row ? "Open row in Logit Inspector" : "Open in Logit Inspector";
  const links = [
    // A text that was never saved is no file that an editor could open.
    ...(uri.scheme === "untitled" ? [] : [link(what, open, [target, row])]),
    link("Set temperature", setTemperature, [target, String(temperature)]),
  ];
  const text = new vscode.MarkdownString(links.join(" · "));
  text.isTrusted = { enabledCommands: linkCommands };
  return text;
}

function link(title: string, command: string, args: readonly unknown[]): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
}
