import * as vscode from "vscode";
import { finishSteps } from "../../compute/steps";
import { addressOf, tokensNameOf } from "../../dump/inText/addressOf";
import type { Place } from "../../dump/inText/text";
import type { Reading } from "../../dump/reading";
import { sourceId } from "../../dump/source";
import type { DumpInfo } from "../../protocol/dumpInfo";
import { openInInspector } from "../commands/openInInspector";
import { nameOf } from "../fileRefs";
import type { LogitDocument } from "../logitDocument";
import { withLateProgress } from "../progress";
import type { ViewPanel } from "../viewPanel";
import type { RowPlace } from "./links";
import type { HoverHost } from "./onDemand";
import { isLines, linesOf } from "./textDocument";

/**
 * Opens a file in the inspector, at the temperature that was set over its text, and goes to the row
 * whose bracket opens at a place in the text, if one is given.
 * @throws Error in a sentence when the editor has no such row
 */
export async function openRow(
  { views, temperatures }: HoverHost,
  uri: vscode.Uri,
  given: unknown,
): Promise<void> {
  const place = readPlace(given);
  await openInInspector(uri);
  temperatures.handOver(uri);
  const view = views.find(uri);
  if (!view || !place) return;
  const document = await vscode.workspace.openTextDocument(uri);
  if (place.token !== undefined) return goToToken(view, document, place, place.token);
  const address = await withLateProgress(`Finding the row in ${nameOf(uri)}`, options =>
    finishSteps(addressOf(linesOf(document), place, isLines(document)), options),
  );
  const { info, failure } = await view.document.state();
  if (!info) throw new Error(failure?.message ?? "The dump can't be read.");
  const id = sourceId(info.file, address?.name ?? "");
  if (!address || !info.sources.some(source => source.id === id)) {
    throw new Error(
      `"${info.file}": this row lies where no rows are read from; put it in a list, or under a key ` +
        `of an object or of records.`,
    );
  }
  await readAs(view.document, info, { logits: id, slicing: address.slicing });
  await view.goTo(address.row);
}

/** Reads the dump so, if it isn't; what was chosen for another array says nothing about this one. */
async function readAs(
  document: LogitDocument,
  { reading, overrides }: DumpInfo,
  wanted: Pick<Reading, "logits" | "slicing">,
): Promise<void> {
  const isAnother = wanted.logits !== reading.logits;
  const isSliced = JSON.stringify(wanted.slicing) === JSON.stringify(reading.slicing);
  if (isAnother || !isSliced) await document.read({ ...(isAnother ? {} : overrides), ...wanted });
}

/** To a token of an answer. A text in several pieces goes by its first: others lead to no row. */
async function goToToken(
  view: ViewPanel,
  document: vscode.TextDocument,
  list: Place,
  token: number,
): Promise<void> {
  const finding = `Finding the token in ${nameOf(document.uri)}`;
  const name = await withLateProgress(finding, options =>
    finishSteps(tokensNameOf(linesOf(document), list, isLines(document)), options),
  );
  const { info, failure } = await view.document.state();
  if (!info) throw new Error(failure?.message ?? "The dump can't be read.");
  const text = info.partial?.sequences.find(sequence => sequence.name === name);
  if (text) await view.goTo(Math.min(text.start + token, info.rows - 1));
}

/** A place as a link brings it; null for none. */
function readPlace(given: unknown): RowPlace | null {
  const { line, character, token } = (given ?? {}) as Partial<RowPlace>;
  const isPlace = Number.isSafeInteger(line) && Number.isSafeInteger(character);
  if (!isPlace) return null;
  const place = { line: line!, character: character! };
  return Number.isSafeInteger(token) ? { ...place, token: token! } : place;
}
