/** Why a file was refused; stable, for tests and telemetry-free logs. People read the message. */
export type Reason =
  | "EMPTY_FILE"
  | "NOT_NPY"
  | "TRUNCATED_HEADER"
  | "TRUNCATED_DATA"
  | "UNSUPPORTED_VERSION"
  | "HEADER_TOO_LARGE"
  | "BAD_HEADER"
  | "BAD_DTYPE"
  | "UNSUPPORTED_DTYPE"
  | "OBJECT_ARRAY"
  | "BAD_SHAPE"
  | "TOO_MANY_DIMS"
  | "TOO_LARGE"
  | "TOO_FAR"
  | "BAD_DATA"
  | "GIT_LFS_POINTER"
  | "BAD_ZIP"
  | "UNSUPPORTED_ZIP"
  | "BAD_CRC"
  | "BAD_SAFETENSORS"
  | "BAD_JSON"
  | "BAD_ENCODING"
  | "TOO_DEEP"
  | "UNKNOWN_FORMAT"
  | "FILE_CHANGED"
  | "FILE_MISSING"
  | "FILE_UNREADABLE"
  | "CANCELLED"
  | "BAD_ROLE"
  | "BAD_LENGTH";

/** Where in a file the trouble is. */
export interface Place {
  readonly offset?: number;
  readonly line?: number;
  readonly column?: number;
}

/**
 * The one error of the readers. Its message is a plain sentence for a person: which file, what is
 * wrong, what to do.
 */
export class FormatError extends Error {
  constructor(
    readonly reason: Reason,
    message: string,
    readonly place: Place = {},
  ) {
    super(message);
    this.name = "FormatError";
  }
}

/** Control and direction-changing characters, which could make a sentence read as another one. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A piece of a file as text for a sentence: in quotes, without odd characters, not too long. */
export function quote(text: string): string {
  const plain = text.replace(unprintable, "\ufffd");
  return `"${plain.length > 80 ? `${plain.slice(0, 77)}...` : plain}"`;
}

/** A glance would have to read more than it may. */
export function tooFar(fileName: string): FormatError {
  return fileError("TOO_FAR", fileName, "needs more than a glance; open it.");
}

/** A FormatError in the house's one shape: the file's name in quotes, then the sentence. */
export function fileError(
  reason: Reason,
  fileName: string,
  sentence: string,
  place: Place = {},
): FormatError {
  return new FormatError(reason, `${quote(fileName)}: ${sentence}`, place);
}
