import type { Cancellation, DType } from "../core/tensor";
import type { ByteSource } from "./byteSource";
import { fileError, tooFar } from "./errors";
import { GuardedSource } from "./guardedSource";
import type { OpenedFile } from "./index";
import { openJson } from "./json/json";
import type { RowReaders } from "./json/rows";
import type { Progress } from "./json/text";
import { limits } from "./limits";
import { openNpy } from "./npy/npy";
import { openNpz } from "./npz/npz";
import { openSafetensors } from "./safetensors/safetensors";
import { sniff, sniffBytes } from "./sniff";

export interface OpenOptions {
  /** Read raw elements (`|V1`, `|V2`, …) of this type's size as this type. */
  readonly voidAs?: DType;
  readonly signal?: Cancellation;
  /** Only the first row is wanted: no more is read than that takes, and nothing where that is much. */
  readonly isGlance?: boolean;
  /** Called while a text file is read; arrays open at once. */
  readonly progress?: Progress;
  /** Threads that read the rows of a large JSON matrix at the same time. */
  readonly rowReaders?: RowReaders;
}

/**
 * Opens a file, told apart by its content and not by its name. Arrays are described and not yet
 * read; they read from the source, which stays the caller's to close.
 * @throws FormatError and nothing else, whatever the bytes; TOO_FAR where a glance is not enough
 */
export async function openFile(source: ByteSource, options: OpenOptions = {}): Promise<OpenedFile> {
  const most = options.isGlance ? limits.glanceBytes : Infinity;
  const guarded = new GuardedSource(source, options.signal, most);
  const start = await guarded.read(0, Math.min(sniffBytes, guarded.size));
  const sniffed = sniff(guarded.name, start, guarded.size);
  const opened = await openAs(guarded, sniffed, options);
  guarded.endOpening();
  return opened;
}

async function openAs(
  source: ByteSource,
  sniffed: ReturnType<typeof sniff>,
  options: OpenOptions,
): Promise<OpenedFile> {
  switch (sniffed.kind) {
    case "npy": {
      const array = await openNpy(source, options.voidAs);
      return { format: "npy", members: [{ name: "", ...array }] };
    }
    case "zip":
      return { format: "npz", members: await openNpz(source, options) };
    case "safetensors":
      return { format: "safetensors", members: await openSafetensors(source) };
    case "json":
      if (options.isGlance && source.size > limits.glanceTextBytes) throw tooFar(source.name);
      return openJson(source, options);
    case "refused":
      throw fileError(sniffed.reason, source.name, sniffed.sentence);
  }
}
