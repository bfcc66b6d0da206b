import { readdirSync } from "node:fs";
import path from "node:path";
import { FileSource } from "../../src/compute/fileSource.node";
import { profile } from "../../src/compute/calibrationPasses";
import { fit, holdOut } from "../../src/compute/fitting";
import type { Lanes } from "../../src/compute/lanes";
import { OpenDump } from "../../src/compute/openDump";
import type { PassContext } from "../../src/compute/rowPass";
import { createKernel } from "../../src/core/kernel";
import { siblingsOf } from "../../src/dump/pairing";
import type { Overrides } from "../../src/dump/reading";
import { MemorySource } from "../../src/formats/memorySource";
import type { CalibrationChoice } from "../../src/protocol/calibration";
import type { FileRef } from "../../src/protocol/messages";

/** Opens sources as the Node worker does. */
export const openSource = (file: FileRef) =>
  "path" in file
    ? FileSource.open(file.path)
    : Promise.resolve(new MemorySource(file.name, file.bytes));

/** Opens a local file with its siblings, as the host asks for it. */
export function openDump(
  file: string,
  overrides: Overrides = {},
  lanes: Lanes | null = null,
): Promise<OpenDump> {
  const ref = (name: string) => ({ name, path: path.join(path.dirname(file), name) });
  const name = path.basename(file);
  const siblings = siblingsOf(name, readdirSync(path.dirname(file))).map(ref);
  return OpenDump.open(openSource, ref(name), siblings, overrides, { ...quietContext(), lanes });
}

/** The context of a call that nobody cancels, in one thread. */
export function quietContext(): PassContext {
  const engine = { kernel: createKernel(), lanes: null };
  return { signal: new AbortController().signal, progress: () => undefined, engine };
}

/** Fits and judges the fit as the worker does, with a profile made for the purpose. */
export async function fitDump(dump: OpenDump, choice: CalibrationChoice, context = quietContext()) {
  const { view } = dump;
  const profiled = await profile(view, choice.clip, context);
  const fitted = await fit(view, choice.clip, profiled, context);
  const heldOut = await holdOut(view, choice, fitted, async () => profiled, context);
  return { fit: fitted, heldOut };
}
