import type * as vscode from "vscode";
import type { ComputeClient } from "../computeClient";
import type { Temperatures } from "../temperatures";
import type { ViewRegistry } from "../viewRegistry";
import { hoverOverDumpName } from "./dumpHover";
import { hoverOverRow } from "./rowHover";
import { hoverOverSample } from "./sampleHover";
import { hoverOverToken } from "./tokenHover";

export { lensesOf, prepare } from "./lenses";
export { openRow } from "./openRow";

/** What hovers need of the host. */
export interface HoverHost {
  readonly compute: ComputeClient;
  readonly views: ViewRegistry;
  readonly temperatures: Temperatures;
}

/** What is to be said about a place in a text; null for nothing. */
export type TextHover = (
  document: vscode.TextDocument,
  position: vscode.Position,
  host: HoverHost,
  signal: AbortSignal,
) => Promise<vscode.Hover | null>;

/** The kinds of hover over JSON, asked in turn until one has something to say. */
const jsonHovers: readonly TextHover[] = [hoverOverToken, hoverOverSample, hoverOverRow];

/** All kinds of hover that a document can have, likewise. */
export function hoversFor(isJson: boolean): readonly TextHover[] {
  return isJson ? [...jsonHovers, hoverOverDumpName] : [hoverOverDumpName];
}
