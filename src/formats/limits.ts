/**
 * Every cap of the readers, each with its reason. A number from a file is compared with one of
 * these, or with the file's real size, before it decides how much is allocated or looped over.
 */
const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

export const limits = {
  /** NumPy itself refuses above 10,000 characters; real structured headers reach 80 KB. */
  npyHeaderBytes: MiB,
  /** A real header nests 3 deep, a structured one perhaps 8; recursion must end well before the stack. */
  npyLiteralDepth: 32,
  /** No dim needs more than 16 digits (2^53); longer ones only cost time to convert. */
  npyIntegerDigits: 400,
  /** NumPy's own limit since 2.0. */
  dims: 64,
  /** Beyond this a count is no longer exact as a number. */
  elements: BigInt(Number.MAX_SAFE_INTEGER),
  /** NumPy keeps an item's size in 31 bits. */
  itemBytes: 2n ** 31n - 1n,
  /** One read by a caller: typed arrays of more than this fail on some machines. */
  readBytes: GiB,

  /**
   * A glance at a file reads no more: headers, and a row as long as any vocabulary. Each read counts
   * as a page at least, as disks read no less.
   */
  glanceBytes: 8 * MiB,
  pageBytes: 4 * KiB,
  /** Text can't be read in part; a glance takes as much of it as a list of names may have. */
  glanceTextBytes: MiB,

  /** The limit of the format's own reference reader. */
  safetensorsHeaderBytes: 100_000_000,

  /** A directory of 10,000 members takes about 1 MB; nothing else in a zip is read whole. */
  zipDirectoryBytes: 32 * MiB,
  /** Each member costs a few reads to list. */
  zipMembers: 10_000,
  /** Deflate cannot expand more: 258 bytes from 2 bits, plus a little for the first block. */
  inflateRatio: 1032,
  /** Compressed bytes handed to the inflater at first, for a header, and at a time later on. */
  inflateFirstBytes: 4 * KiB,
  inflateStepBytes: 64 * KiB,
  /**
   * Inflated bytes of one archive kept in memory, for all its members together: what lies beyond
   * is inflated anew whenever it is read.
   */
  inflatedBytes: 128 * MiB,
  /** A member up to this size is checked against its checksum when the file is opened. */
  verifyMemberBytes: 8 * MiB,
  /** All such checks of one archive together, so that opening stays quick. */
  verifyArchiveBytes: 64 * MiB,

  /** Read and scanned at a time: it stays in the cache, and cancelling and progress are noticed. */
  jsonWindowBytes: MiB / 2,
  /** Given to a thread at a time: some milliseconds of work, about a megabyte of numbers. */
  jsonPieceBytes: MiB,
  /**
   * Below, threads cost more than they bring: each holds tens of MB, and what it read is copied on the
   * way. One alone reads 700 MB in 1.5 s; where the second core is busy, it takes 1.8 with them.
   */
  jsonThreadBytes: 512 * MiB,
  /** One string or number, which has to be seen whole; pictures in base64 reach a few MB. */
  jsonTokenBytes: 32 * MiB,
  /** 2 GiB as float64: more would not fit beside the editor. */
  jsonNumbers: 2 ** 28,
  /** What strings, objects and mixed lists take beside the numbers, by estimate; half a worker's heap. */
  jsonHeapBytes: GiB,
  /** Text in UTF-16 is rare, and converted as a whole. */
  jsonUtf16Bytes: 512 * MiB,
  /** Real files nest about 10 deep. */
  jsonDepth: 512,
  /** So many bad lines, and it is no JSONL; each keeps an error in memory. */
  jsonBadLines: 10_000,
  /** As Python: longer integers take quadratic time and no model writes them. */
  jsonIntegerDigits: 4300,
} as const;
