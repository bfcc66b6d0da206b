import { readdirSync } from "node:fs";
import path from "node:path";
import { FileSource } from "../../src/compute/fileSource.node";
import { OpenDump } from "../../src/compute/openDump";
import { siblingsOf } from "../../src/dump/pairing";
import type { Overrides } from "../../src/dump/reading";
import { MemorySource } from "../../src/formats/memorySource";
import type { CallContext } from "../../src/protocol/channel";
import type { FileRef } from "../../src/protocol/messages";

/** Opens sources as the Node worker does. */
export const openSource = (file: FileRef) =>
  "path" in file
    ? FileSource.open(file.path)
    : Promise.resolve(new MemorySource(file.name, file.bytes));

/** Opens a local file with its siblings, as the host asks for it. */
export function openDump(file: string, overrides: Overrides = {}): Promise<OpenDump> {
  const ref = (name: string) => ({ name, path: path.join(path.dirname(file), name) });
  const name = path.basename(file);
  const siblings = siblingsOf(name, readdirSync(path.dirname(file))).map(ref);
  return OpenDump.open(openSource, ref(name), siblings, overrides, quietContext());
}

/** The context of a call that nobody cancels. */
export function quietContext(): CallContext {
  return { signal: new AbortController().signal, progress: () => undefined };
}
