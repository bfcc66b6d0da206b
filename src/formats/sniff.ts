import type { Reason } from "./errors";
import { npyMagic } from "./npy/header";
import { headerLength } from "./safetensors/safetensors";

/** What a file is by its first bytes, or the sentence that says what it is instead. */
export type Sniffed =
  | { readonly kind: "npy" | "zip" | "safetensors" | "json" }
  | { readonly kind: "refused"; readonly reason: Reason; readonly sentence: string };

/** Bytes that a sniff looks at. */
export const sniffBytes = 512;

/** Signatures of files that people mistake for a dump, and what to do about each. */
const strangers: readonly { readonly start: string; readonly sentence: string }[] = [
  { start: "\x1f\x8b", sentence: "is compressed with gzip; unpack it first." },
  { start: "\x28\xb5\x2f\xfd", sentence: "is compressed with zstd; unpack it first." },
  { start: "BZh", sentence: "is compressed with bzip2; unpack it first." },
  { start: "\xfd7zXZ", sentence: "is compressed with xz; unpack it first." },
  { start: "\x89HDF", sentence: "is an HDF5 file; save the array with numpy.save." },
  { start: "PAR1", sentence: "is a Parquet file; save the array with numpy.save." },
  { start: "GGUF", sentence: "is a GGUF model, which holds weights; open its outputs." },
  { start: "ARROW1", sentence: "is an Arrow file; save the array with numpy.save." },
  { start: "%PDF", sentence: "is a PDF document; open an array of numbers." },
  { start: "\x89PNG", sentence: "is a picture; open an array of numbers." },
];

/** Pickles start with their protocol, 2 to 5, and an opcode; old PyTorch files are pickles. */
const pickle = /^\x80[\x02-\x05][\x8a\x95c}\](q]/;
const pickleSentence =
  "is a Python pickle, which only running code could read; save the array with numpy.save.";
const lfsStart = "version https://git-lfs.github.com/spec/";

/**
 * Tells a file by its content. The name is asked last, for broken files: which reader's sentence
 * fits best.
 * @param start the first `sniffBytes` bytes, or all of them
 */
export function sniff(fileName: string, start: Uint8Array, size: number): Sniffed {
  const text = String.fromCharCode(...start);
  const extension = /\.([^.]*)$/.exec(fileName)?.[1]?.toLowerCase() ?? "";
  if (size === 0)
    return refused("EMPTY_FILE", "is empty (still being written?); wait or save it again.");
  if (npyMagic.every((byte, i) => start[i] === byte)) return { kind: "npy" };
  if (/^PK(\x03\x04|\x05\x06|\x06\x06|\x07\x08)/.test(text)) return { kind: "zip" };
  if (headerLength(start, size) !== undefined && start[8] === 0x7b) return { kind: "safetensors" };
  if (text.startsWith(lfsStart)) {
    const sentence = "is only a Git LFS pointer to the data; run git lfs pull.";
    return refused("GIT_LFS_POINTER", sentence);
  }
  return nameStranger(text, reasonFor(extension)) ?? guess(text, extension);
}

function nameStranger(text: string, reason: Reason): Sniffed | undefined {
  const known = strangers.find(stranger => text.startsWith(stranger.start));
  if (known) return refused(reason, known.sentence);
  if (pickle.test(text)) return refused(reason, pickleSentence);
  if (/^(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|\?xml)/i.test(text)) {
    return refused(reason, "is a web page (a failed download?); download the file itself.");
  }
  return undefined;
}

/** JSON has no signature: what starts like a value, or is named as JSON, is read as JSON. */
function guess(text: string, extension: string): Sniffed {
  const isJson = ["json", "jsonl", "ndjson"].includes(extension);
  if (/^(\xff\xfe\0\0|\0\0\xfe\xff|[^\0]\0|\0[^\0])/.test(text) && extension !== "safetensors") {
    const sentence = "is text in another encoding; save it again as UTF-8.";
    return refused(isJson ? "BAD_ENCODING" : reasonFor(extension), sentence);
  }
  if (extension === "safetensors") return { kind: "safetensors" };
  const isArray = extension === "npy" || extension === "npz";
  const utf16 = /^(\xff\xfe|\xfe\xff)/.test(text);
  if (isJson || (!isArray && (utf16 || /^(\xef\xbb\xbf)?\s*[[{]/.test(text))))
    return { kind: "json" };
  return refused(
    reasonFor(extension),
    "is no array that can be read here; save it with numpy.save, numpy.savez or safetensors.",
  );
}

/** The kind of error that a reader of such a name would give. */
function reasonFor(extension: string): Reason {
  if (extension === "npy" || extension === "npz") return "NOT_NPY";
  if (extension === "safetensors") return "BAD_SAFETENSORS";
  return ["json", "jsonl", "ndjson"].includes(extension) ? "BAD_JSON" : "UNKNOWN_FORMAT";
}

function refused(reason: Reason, sentence: string): Sniffed {
  return { kind: "refused", reason, sentence };
}
